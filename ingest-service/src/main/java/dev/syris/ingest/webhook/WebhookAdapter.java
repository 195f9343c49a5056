package dev.syris.ingest.webhook;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.event.RawEventProblem;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.id.TraceId;
import dev.syris.ingest.adapter.AdapterHealth;
import dev.syris.ingest.adapter.InboundAdapter;
import dev.syris.ingest.http.Reading;
import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.http.Reading.Stimuli;
import dev.syris.ingest.intake.Stimulus;
import dev.syris.platform.problem.CommonProblem;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The webhook of one connector: the sender begins, and keeps a delivery until it has a 202, so the
 * cursor is its own. First the bytes prove where they come from, then they are read.
 */
final class WebhookAdapter implements InboundAdapter {

  /** GitHub's default content type is a form with this one field. */
  private static final String GITHUB_FIELD = "payload";

  private static final String STRUCTURED = "/structured";

  private final String connectorId;
  private final ConnectorAuth kind;
  private final Channel channel;
  private final WebhookAuth auth;
  private final AtomicReference<AdapterHealth> health = new AtomicReference<>(AdapterHealth.UNUSED);

  WebhookAdapter(String connectorId, ConnectorSettings settings, WebhookAuth auth) {
    this.connectorId = connectorId;
    this.kind = settings.auth();
    this.channel = settings.channel() == null ? Channel.WEBHOOK : settings.channel();
    this.auth = auth;
  }

  @Override
  public String connectorId() {
    return connectorId;
  }

  @Override
  public AdapterHealth health() {
    return Objects.requireNonNull(health.get());
  }

  /** Says in the log what keeps the door shut, if anything does. */
  void announce(Instant now) {
    if (auth instanceof StoredAuth stored) {
      stored.announce(now);
    }
  }

  /**
   * Makes a stimulus of a delivery.
   *
   * @param trace the one it joins; a new one where null
   */
  Reading receive(Delivery delivery, @Nullable TraceId trace) {
    Reading reading =
        switch (auth.verify(delivery)) {
          case Verdict.Unproven(Refused refusal) -> refusal;
          case Verdict.Proven(String messageId) -> read(delivery, messageId, trace);
        };
    Instant at = delivery.receivedAt();
    switch (reading) {
      case Stimuli _ -> health.updateAndGet(before -> before.accepted(at));
      case Refused refused -> health.updateAndGet(before -> before.refused(at, refused.code()));
    }
    return reading;
  }

  private Reading read(Delivery delivery, @Nullable String messageId, @Nullable TraceId trace) {
    Payload payload = Payloads.of(delivery.header(HttpHeaders.CONTENT_TYPE), delivery.body());
    String jsonField = kind == ConnectorAuth.GITHUB ? GITHUB_FIELD : null;
    return switch (Structuring.of(payload, KeptHeaders.of(kind, delivery), jsonField)) {
      case StructuredBody.Failed(Refused refusal) -> refusal;
      case StructuredBody.Made made ->
          stimulus(delivery, rawEvent(messageId, made.json()), made.wrapped(), trace);
    };
  }

  private byte[] rawEvent(@Nullable String messageId, byte[] structured) {
    JsonObjectText event =
        JsonObjectText.EMPTY.with("channel", channel.wire()).with("connector_id", connectorId);
    return (messageId == null ? event : event.with("message_id", messageId))
        .with("structured", structured)
        .bytes();
  }

  /** What we made is read as strictly as what others make. */
  private static Reading stimulus(
      Delivery delivery, byte[] bytes, boolean wrapped, @Nullable TraceId trace) {
    return switch (RawEventReader.readPublic(bytes)) {
      case RawEventReading.Accepted(RawEvent event) ->
          new Stimuli(
              delivery.body(),
              List.of(new Stimulus(bytes, event.orderingKey(), true, trace)),
              false);
      case RawEventReading.Unparseable(RawEventProblem problem) ->
          problem.code().equals("event.too_large")
              ? new Refused(
                  CommonProblem.TOO_LARGE,
                  "body.too_large",
                  "as a raw event the body has %d bytes; the limit is %d"
                      .formatted(bytes.length, RawEventReader.MAX_BYTES))
              : new Refused(
                  CommonProblem.MALFORMED,
                  problem.code(),
                  "the body cannot be read: " + problem.message());
      case RawEventReading.Invalid(List<RawEventProblem> problems) ->
          new Refused(
              CommonProblem.INVALID,
              "event.invalid",
              "no event can be made of this delivery; errors names each place",
              problems.stream().map(problem -> inBody(problem, wrapped)).toList());
    };
  }

  /** The place as the sender knows it: in the body, not in the event. */
  private static RawEventProblem inBody(RawEventProblem problem, boolean wrapped) {
    String pointer = problem.pointer();
    if (!pointer.startsWith(STRUCTURED)) {
      return problem;
    }
    return new RawEventProblem(
        problem.code(), wrapped ? "" : pointer.substring(STRUCTURED.length()), problem.message());
  }
}
