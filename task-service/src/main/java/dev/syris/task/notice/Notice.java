package dev.syris.task.notice;

import dev.syris.task.notify.Urgency;
import java.util.Locale;

/**
 * Something the operator is to know. Each target is told once for a kind and a subject.
 *
 * @param subjectId of the approval, alarm or call it is about
 */
public record Notice(Kind kind, String subjectId, String title, String body, Urgency urgency) {

  /** What it is about. */
  public enum Kind {
    /** A call waits for an answer. */
    APPROVAL,
    ALARM,
    /** Nobody knows whether a call had its effect. */
    UNKNOWN,
    /** There is more than is told one by one. */
    MORE;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }
}
