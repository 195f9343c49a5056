package dev.syris.pipeline.fastpath;

import dev.syris.contracts.event.Locality;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays one phrase over one text. A slot that is not the last part ends where the word behind it is
 * found, so two slots cost at most the square of the number of words, which is bounded. For one
 * attempt, not thread-safe.
 */
final class PhraseMatcher {

  private static final String CLOSING = ".!?…";

  private final Phrase phrase;
  private final List<Token> tokens;
  private final Locality context;
  private final ObjectNode args = Json.object();
  private @Nullable String absurd;
  private @Nullable String strayDay;
  private boolean undated;

  private PhraseMatcher(Phrase phrase, List<Token> tokens, Locality context) {
    this.phrase = phrase;
    this.tokens = tokens;
    this.context = context;
  }

  static FastMatch match(Phrase phrase, List<Token> tokens, Locality context) {
    var matcher = new PhraseMatcher(phrase, tokens, context);
    if (!matcher.from(0, 0)) {
      return FastMatch.UNMATCHED;
    }
    String why = matcher.notMeant();
    return why == null
        ? new FastMatch.Matched(phrase.intent(), matcher.args)
        : new FastMatch.NearMiss(phrase.intent(), why);
  }

  /** {@code at 7 to go running tomorrow} must not ring today. */
  private @Nullable String notMeant() {
    if (absurd != null || strayDay == null || !undated) {
      return absurd;
    }
    return "the day in \"%s\" is not beside the time".formatted(StorableText.shown(strayDay, 60));
  }

  private boolean from(int part, int token) {
    if (part == phrase.parts().size()) {
      return token == tokens.size();
    }
    return switch (phrase.parts().get(part)) {
      case Phrase.Part.Word(String form) ->
          token < tokens.size()
              && tokens.get(token).form().equals(form)
              && from(part + 1, token + 1);
      case Phrase.Part.Slot slot -> slot(slot, part, token);
    };
  }

  private boolean slot(Phrase.Part.Slot slot, int part, int token) {
    if (part == phrase.parts().size() - 1) {
      return token < tokens.size() && fill(slot, tokens.subList(token, tokens.size()));
    }
    for (int end = token + 1; end < tokens.size(); end++) {
      if (mayFollow(part + 1, end)
          && mayEnd(slot, end)
          && fill(slot, tokens.subList(token, end))
          && from(part + 1, end)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayFollow(int part, int token) {
    return !(phrase.parts().get(part) instanceof Phrase.Part.Word(String form))
        || tokens.get(token).form().equals(form);
  }

  private boolean mayEnd(Phrase.Part.Slot slot, int end) {
    return slot.kind() != Phrase.Kind.TIME
        || !TimeOfDayParser.mayGoOn(tokens.subList(end, tokens.size()));
  }

  private boolean fill(Phrase.Part.Slot slot, List<Token> words) {
    return switch (slot.kind()) {
      case TEXT -> fillText(slot.argument(), words);
      case DURATION -> fillDuration(slot.argument(), words);
      case TIME -> fillTime(slot.argument(), words);
    };
  }

  private boolean fillText(String argument, List<Token> words) {
    String text = unquoted(written(words));
    args.put(argument, text);
    strayDay = DayWords.end(words) ? text : null;
    return !text.isEmpty();
  }

  private boolean fillDuration(String argument, List<Token> words) {
    return switch (DurationParser.parse(words)) {
      case SpokenDuration.Exactly(long seconds) -> {
        args.put(argument, seconds);
        absurd = null;
        yield true;
      }
      case SpokenDuration.Absurd(String why) -> {
        absurd = "the duration \"%s\" is %s".formatted(StorableText.shown(written(words), 60), why);
        yield true;
      }
      case SpokenDuration.NoDuration _ -> false;
    };
  }

  private boolean fillTime(String argument, List<Token> words) {
    return switch (TimeOfDayParser.parse(words)) {
      case SpokenTime.At(LocalTime time, String day) -> {
        putTime(argument, time, day);
        yield true;
      }
      case SpokenTime.Absurd(String why) -> {
        absurd = "the time \"%s\" is %s".formatted(StorableText.shown(written(words), 60), why);
        yield true;
      }
      case SpokenTime.NoTime _ -> false;
    };
  }

  private void putTime(String argument, LocalTime time, @Nullable String day) {
    args.put(argument, time.toString());
    args.put("timezone", context.timezone());
    undated = day == null;
    if (day == null) {
      args.remove("date");
    } else {
      args.put("date", day);
    }
    absurd = context.timezone() == null ? "the time zone of its actor is not known" : null;
  }

  private static String written(List<Token> words) {
    return words.stream().map(Token::written).collect(Collectors.joining(" "));
  }

  private static String unquoted(String text) {
    int end = text.length();
    while (end > 0 && CLOSING.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    String closed = text.substring(0, end);
    boolean quoted = closed.length() > 2 && closed.startsWith("\"") && closed.endsWith("\"");
    return quoted ? closed.substring(1, closed.length() - 1) : closed;
  }
}
