package dev.syris.pipeline.flow;

import dev.syris.contracts.id.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules that led to an event, oldest first, as far as it is known. Bounded: of a long chain
 * only the end. Immutable.
 */
public record CauseChain(List<Cause> causes) {

  public static final CauseChain NONE = new CauseChain(List.of());

  /** More than any sensible limit of depth, and still a small header. */
  static final int MAX_CAUSES = 32;

  private static final Pattern CAUSE =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})@([0-9a-f-]{36})");

  public CauseChain {
    int size = causes.size();
    causes = List.copyOf(causes.subList(Math.max(0, size - MAX_CAUSES), size));
  }

  /** A rule that fired, and the event it fired for. */
  public record Cause(String ruleId, EventId eventId) {}

  /** What a header says; nothing where it says nothing that makes sense, for it is told only. */
  public static CauseChain parse(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    var causes = new ArrayList<Cause>();
    for (String part : text.split(",", MAX_CAUSES + 1)) {
      Matcher matcher = CAUSE.matcher(part);
      if (!matcher.matches()) {
        return NONE;
      }
      try {
        causes.add(new Cause(matcher.group(1), EventId.parse(matcher.group(2))));
      } catch (IllegalArgumentException _) {
        return NONE;
      }
    }
    return new CauseChain(causes);
  }

  public CauseChain with(String ruleId, EventId eventId) {
    var more = new ArrayList<>(causes);
    more.add(new Cause(ruleId, eventId));
    return new CauseChain(more);
  }

  /**
   * The rules that went round: from the last time that the last of them fired up to its firing now.
   * The whole chain where no rule is in it twice.
   */
  public List<String> cycle() {
    List<String> rules = causes.stream().map(Cause::ruleId).toList();
    if (rules.isEmpty()) {
      return rules;
    }
    int before = rules.subList(0, rules.size() - 1).lastIndexOf(rules.getLast());
    return rules.subList(Math.max(0, before), rules.size());
  }

  /** As a header says it. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Cause cause : causes) {
      text.append(text.isEmpty() ? "" : ",").append(cause.ruleId()).append('@');
      text.append(cause.eventId());
    }
    return text.toString();
  }
}
