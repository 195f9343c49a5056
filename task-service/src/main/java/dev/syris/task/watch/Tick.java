package dev.syris.task.watch;

import dev.syris.task.alarm.Finding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of one look.
 *
 * @param outcome a word, such as {@code ok} or {@code changed}
 * @param summary a sentence
 * @param state what is remembered
 * @param events what the pipeline is told
 * @param findings everything that is wrong, by type of alarm; a type with nothing is all right
 */
public record Tick(
    String outcome,
    String summary,
    ObjectNode state,
    List<Observation> events,
    Map<String, List<Finding>> findings) {

  /** Something seen: the text and the structured content of an event. */
  public record Observation(String text, ObjectNode structured) {}

  public Tick {
    events = List.copyOf(events);
    findings = Map.copyOf(findings);
  }

  /** A look at which there was nothing to be said. */
  public static Tick quiet(String summary, ObjectNode state) {
    return new Tick("ok", summary, state, List.of(), Map.of());
  }

  /** A look at which something was seen. */
  public static Tick seen(String outcome, ObjectNode state, Observation event) {
    return new Tick(outcome, event.text(), state, List.of(event), Map.of());
  }

  /** The same with what is wrong of one more type. */
  public Tick with(String type, List<Finding> found) {
    var more = new TreeMap<>(findings);
    more.put(type, List.copyOf(found));
    return new Tick(outcome, summary, state, events, more);
  }
}
