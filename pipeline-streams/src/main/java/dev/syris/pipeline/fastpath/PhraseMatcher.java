package dev.syris.pipeline.fastpath;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
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
  private final ObjectNode args = Json.object();
  private @Nullable String absurd;

  private PhraseMatcher(Phrase phrase, List<Token> tokens) {
    this.phrase = phrase;
    this.tokens = tokens;
  }

  static FastMatch match(Phrase phrase, List<Token> tokens) {
    var matcher = new PhraseMatcher(phrase, tokens);
    if (!matcher.from(0, 0)) {
      return FastMatch.UNMATCHED;
    }
    return matcher.absurd == null
        ? new FastMatch.Matched(phrase.intent(), matcher.args)
        : new FastMatch.NearMiss(phrase.intent(), matcher.absurd);
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

  private boolean fill(Phrase.Part.Slot slot, List<Token> words) {
    return switch (slot.kind()) {
      case TEXT -> fillText(slot.argument(), words);
      case DURATION -> fillDuration(slot.argument(), words);
    };
  }

  private boolean fillText(String argument, List<Token> words) {
    String text = unquoted(written(words));
    args.put(argument, text);
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
