package dev.syris.ingest.webhook;

import static dev.syris.ingest.webhook.Verdict.unproven;

import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.webhook.Verdict.Proven;
import dev.syris.ingest.webhook.Verdict.Unproven;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;

/** One of our own tokens with the scope {@code ingest}, which the gateway has checked. */
final class IngestToken implements WebhookAuth {

  private static final String SCOPE = "ingest";

  @Override
  public Verdict verify(Delivery delivery) {
    Caller caller = delivery.caller();
    if (caller.has(SCOPE)) {
      return new Proven(DeliveryId.of(delivery));
    }
    return caller.tokenId().equals(Caller.ANONYMOUS.tokenId())
        ? unproven(
            "Bearer",
            "webhook.token_missing",
            "send a token with the scope ingest: Authorization: Bearer …")
        : new Unproven(
            new Refused(
                CommonProblem.FORBIDDEN,
                "scope.missing",
                "this token has not the scope ingest; use one that has it"));
  }
}
