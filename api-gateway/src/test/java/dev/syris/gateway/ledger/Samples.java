package dev.syris.gateway.ledger;

import dev.syris.contracts.event.Actor;
import dev.syris.contracts.event.ActorType;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.Locality;
import dev.syris.contracts.event.Sensitivity;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.routing.RoutingDecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records as the pipeline writes them. */
final class Samples {

  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

  private Samples() {}

  static byte[] event(UUID eventId, UUID traceId) {
    return Json.bytes(
        new Event(
            new EventId(eventId),
            Event.SCHEMA_VERSION,
            AT,
            AT,
            new Event.Source(Channel.WEBHOOK, "door", null, null),
            new Actor(ActorType.SYSTEM, "door"),
            new Event.Content(
                "it opened", Json.object().put("state", "open"), List.of(), List.of()),
            new Locality("Europe/Zurich", "de", null),
            new Event.Correlation(new TraceId(traceId), null, null, 0),
            new Event.Security(Sensitivity.LOW, "default")));
  }

  static byte[] decision(UUID eventId, UUID traceId) {
    return Json.bytes(
        new RoutingDecision(
            new TraceId(traceId),
            new EventId(eventId),
            AT,
            ExecutionMode.NONE,
            RoutingDecision.Match.NOTHING,
            null,
            null,
            Json.object(),
            List.of(),
            RiskLevel.LOW,
            Map.of(),
            Map.of(),
            null,
            "nothing matched"));
  }

  static byte[] garbage() {
    return ("\u0001 not json " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
  }
}
