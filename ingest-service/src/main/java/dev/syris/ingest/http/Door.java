package dev.syris.ingest.http;

import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.http.Reading.Stimuli;
import dev.syris.ingest.idempotency.IdempotencyKey;
import dev.syris.ingest.idempotency.RequestId;
import dev.syris.ingest.intake.Acceptance;
import dev.syris.ingest.intake.Acceptance.Accepted;
import dev.syris.ingest.intake.Acceptance.InDoubt;
import dev.syris.ingest.intake.Acceptance.KeyConflict;
import dev.syris.ingest.intake.Acceptance.NotWritten;
import dev.syris.ingest.intake.Intake;
import dev.syris.ingest.intake.Submission;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Takes what a door has read to the intake, and makes the answer of what became of it. Thread-safe.
 */
public final class Door {

  /** Tells a client that the answer is the one its earlier request got. */
  static final String REPLAYED = "Idempotent-Replayed";

  private static final String RETRY_SECONDS = "2";

  private final Intake intake;
  private final DoorMetrics metrics;

  public Door(Intake intake, MeterRegistry registry) {
    this.intake = intake;
    this.metrics = new DoorMetrics(registry);
  }

  /**
   * One request.
   *
   * @param name of the door, for the metrics
   * @throws ProblemException where nothing was accepted, or that is not known
   */
  public ResponseEntity<Object> pass(
      String name, HttpServletRequest request, Supplier<Reading> read) {
    Timer.Sample since = metrics.start();
    try {
      Stimuli stimuli =
          switch (read.get()) {
            case Stimuli letIn -> letIn;
            case Refused refused -> throw refused.toProblem();
          };
      var submission = new Submission(stimuli.stimuli(), stimuli.body(), requestId(request));
      ResponseEntity<Object> answer = answer(intake.accept(submission), stimuli.array());
      metrics.accepted(name, stimuli.stimuli().size(), since);
      return answer;
    } catch (ProblemException e) {
      metrics.refused(name, e.code(), since);
      throw e;
    } catch (RuntimeException e) {
      metrics.refused(name, "unavailable", since);
      throw e;
    }
  }

  private static @Nullable RequestId requestId(HttpServletRequest request) {
    IdempotencyKey key = IdempotencyKeys.of(request);
    return key == null
        ? null
        : new RequestId(Caller.of(request).tokenId(), request.getRequestURI(), key);
  }

  private static ResponseEntity<Object> answer(Acceptance acceptance, boolean array) {
    return switch (acceptance) {
      case Accepted accepted -> accepted(accepted, array);
      case KeyConflict() ->
          throw new ProblemException(
              CommonProblem.IDEMPOTENCY_CONFLICT,
              "this Idempotency-Key was used within 24 hours for another body; use a new key for a"
                  + " new request");
      case NotWritten(String reason) ->
          throw unavailable(
              IngestProblem.BROKER_UNAVAILABLE,
              "broker.unavailable",
              "nothing was accepted: %s; send it again".formatted(reason));
      case InDoubt(String reason, boolean safe) ->
          throw unavailable(
              IngestProblem.BROKER_IN_DOUBT, "broker.in_doubt", inDoubt(reason, safe));
    };
  }

  private static String inDoubt(String reason, boolean safe) {
    return safe
        ? "it is not known whether this was accepted: %s; repeat it with the same Idempotency-Key and it counts once"
            .formatted(reason)
        : "it is not known whether this was accepted: %s; a repeat counts twice unless the event has a message_id"
                .formatted(reason)
            + " (next time, send an Idempotency-Key)";
  }

  private static ProblemException unavailable(IngestProblem type, String code, String detail) {
    return new ProblemException(type, code, detail).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
  }

  /**
   * The media type is set, so that no {@code Accept} can turn an accepted request into an error.
   */
  private static ResponseEntity<Object> accepted(Accepted accepted, boolean array) {
    var answer = ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON);
    if (accepted.replayed()) {
      answer.header(REPLAYED, "true");
    }
    return answer.body(array ? accepted.receipts() : accepted.receipts().getFirst());
  }
}
