package dev.syris.pipeline.fastpath;

import dev.syris.contracts.event.Locality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pattern table, ready to match. Phrases are tried in the table's order, found by their first
 * word, so that a text that is no command costs a look-up. Thread-safe.
 */
public final class FastPath {

  private final PatternTable table;
  private final Map<String, List<Phrase>> byFirstWord;

  private FastPath(PatternTable table) {
    this.table = table;
    this.byFirstWord = index(table);
  }

  /** The fast path of the table on the classpath. */
  public static FastPath standard() {
    return new FastPath(PatternTable.standard());
  }

  static FastPath of(PatternTable table) {
    return new FastPath(table);
  }

  /**
   * @param context where the actor is, whose clock a time of day is read from
   */
  public FastMatch match(String text, Locality context) {
    Optional<List<Token>> split = Token.split(text);
    if (split.isEmpty()) {
      return FastMatch.UNMATCHED;
    }
    List<Token> tokens = withoutLeading(split.get());
    FastMatch match = match(tokens, context);
    boolean polite = !tokens.isEmpty() && table.trailing().contains(tokens.getLast().form());
    return match instanceof FastMatch.Unmatched && polite
        ? match(tokens.subList(0, tokens.size() - 1), context)
        : match;
  }

  private FastMatch match(List<Token> tokens, Locality context) {
    if (tokens.isEmpty()) {
      return FastMatch.UNMATCHED;
    }
    FastMatch match =
        first(byFirstWord.getOrDefault(tokens.getFirst().form(), List.of()), tokens, context);
    return match instanceof FastMatch.Unmatched
        ? first(byFirstWord.getOrDefault("", List.of()), tokens, context)
        : match;
  }

  private static FastMatch first(List<Phrase> phrases, List<Token> tokens, Locality context) {
    for (Phrase phrase : phrases) {
      FastMatch match = PhraseMatcher.match(phrase, tokens, context);
      if (!(match instanceof FastMatch.Unmatched)) {
        return match;
      }
    }
    return FastMatch.UNMATCHED;
  }

  private List<Token> withoutLeading(List<Token> tokens) {
    int start = 0;
    while (start < tokens.size() && table.leading().contains(tokens.get(start).form())) {
      start++;
    }
    return tokens.subList(start, tokens.size());
  }

  private static Map<String, List<Phrase>> index(PatternTable table) {
    var index = new HashMap<String, List<Phrase>>();
    for (Intent intent : table.intents()) {
      for (String written : intent.phrases()) {
        for (Phrase phrase : Phrase.variants(intent, written)) {
          index.computeIfAbsent(phrase.firstWord(), _ -> new ArrayList<>()).add(phrase);
        }
      }
    }
    return index;
  }
}
