package dev.syris.pipeline.fastpath;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to say an intent, without options left: words and at most two slots.
 *
 * <p>Written as {@code set [a|an|the] timer for {seconds:duration}}: {@code [a|b]} may be there,
 * {@code (a|b)} must be, a slot takes one or more words and becomes the argument it is named after.
 */
record Phrase(Intent intent, List<Part> parts) {

  private static final int MAX_VARIANTS = 200;
  private static final int MAX_SLOTS = 2;
  private static final Pattern PART =
      Pattern.compile(
          "\\G\\s*(?:\\[([^\\[\\]]+)]|\\(([^()]+)\\)|\\{(\\w+):(\\w+)}|([^\\s\\[\\](){}|]+))");

  /** What stands at one place of a phrase. */
  sealed interface Part {

    record Word(String form) implements Part {}

    record Slot(String argument, Kind kind) implements Part {}
  }

  /**
   * What a slot takes: {@code duration} gives whole seconds, {@code text} the words as written,
   * {@code time} a time of day as {@code HH:mm}, beside it {@code timezone}, where the actor is,
   * and, where it is said, the {@code date}.
   */
  enum Kind {
    DURATION,
    TEXT,
    TIME
  }

  Phrase {
    parts = List.copyOf(parts);
    long slots = parts.stream().filter(Part.Slot.class::isInstance).count();
    if (parts.isEmpty() || slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "a phrase of " + intent.name() + " has no words, or more than " + MAX_SLOTS + " slots");
    }
  }

  /** The first word; empty where the phrase begins with a slot. */
  String firstWord() {
    return parts.getFirst() instanceof Part.Word(String form) ? form : "";
  }

  /**
   * Every variant of a written phrase; those with more of the optional words come first.
   *
   * @throws IllegalArgumentException where it can't be read
   */
  static List<Phrase> variants(Intent intent, String written) {
    List<List<Part>> variants = List.of(List.of());
    Matcher matcher = PART.matcher(written);
    int end = 0;
    while (end < written.length() && matcher.find()) {
      variants = times(variants, choices(matcher));
      end = matcher.end();
    }
    if (!written.substring(end).isBlank() || variants.size() > MAX_VARIANTS) {
      throw new IllegalArgumentException(
          "phrase \"%s\" of %s can't be read at \"%s\""
              .formatted(written, intent.name(), written.substring(end)));
    }
    return variants.stream().map(parts -> new Phrase(intent, parts)).toList();
  }

  private static List<List<Part>> choices(Matcher matcher) {
    var choices = new ArrayList<List<Part>>();
    String anyOf = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    if (anyOf != null) {
      for (String choice : anyOf.split("\\|", -1)) {
        choices.add(words(choice));
      }
    } else if (matcher.group(3) != null) {
      choices.add(
          List.of(
              new Part.Slot(
                  matcher.group(3),
                  Kind.valueOf(matcher.group(4).toUpperCase(java.util.Locale.ROOT)))));
    } else {
      choices.add(words(matcher.group(5)));
    }
    if (matcher.group(1) != null) {
      choices.add(List.of());
    }
    return choices;
  }

  private static List<Part> words(String text) {
    return Pattern.compile("\\s+").splitAsStream(text.strip()).<Part>map(Part.Word::new).toList();
  }

  private static List<List<Part>> times(List<List<Part>> variants, List<List<Part>> choices) {
    var all = new ArrayList<List<Part>>();
    for (List<Part> variant : variants) {
      for (List<Part> choice : choices) {
        var longer = new ArrayList<>(variant);
        longer.addAll(choice);
        all.add(longer);
      }
    }
    return all;
  }
}
