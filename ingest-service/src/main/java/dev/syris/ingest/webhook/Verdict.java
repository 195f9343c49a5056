package dev.syris.ingest.webhook;

import dev.syris.ingest.http.IngestProblem;
import dev.syris.ingest.http.Reading.Refused;
import org.jspecify.annotations.Nullable;

/** What an authentication says of a delivery. */
sealed interface Verdict {

  /**
   * It comes from its connector.
   *
   * @param messageId the sender's id of the delivery, the same for each repeat
   */
  record Proven(@Nullable String messageId) implements Verdict {}

  /** It has not proved that. */
  record Unproven(Refused refusal) implements Verdict {}

  static Unproven unproven(String scheme, String code, String detail) {
    return new Unproven(
        new Refused(IngestProblem.WEBHOOK_REFUSED, code, detail).challenging(scheme));
  }
}
