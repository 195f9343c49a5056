package dev.syris.task.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FiringTest {

  private static final Instant T0 = Instant.parse("2026-06-01T12:00:00Z");
  private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";
  private static final TraceId TRACE = TraceId.parse("0af76519-16cd-43dd-8448-eb211c80319c");
  private static final EventId PARENT = EventId.parse("01890a5d-ac96-774b-bcce-b302099a8058");
  private static final String INTERVAL =
      "{\"name\":\"every minute\",\"type\":\"interval\",\"spec\":\"60\",\"payload\":{\"text\":\"tick\",\"structured\":{\"a\":1}}";

  @Test
  void shouldSayAnEventThePipelineTakesAndThatItWasRun() {
    // When
    Firing.Result result = due(schedule(INTERVAL + "}", null, null), 1, false, false);
    // Then
    OutboxRecord event = result.said().getFirst();
    assertThat(event.topic()).isEqualTo(Topics.RAW_EVENT.name());
    assertThat(new String(event.key(), UTF_8)).isEqualTo(ID);
    ObjectNode said = (ObjectNode) Json.mapper().readTree(event.value());
    assertThat(said.path("channel").asString()).isEqualTo("scheduler");
    assertThat(said.path("connector_id").asString()).isEqualTo(ID);
    assertThat(said.path("text").asString()).isEqualTo("tick");
    assertThat(said.at("/structured/a").asInt()).isEqualTo(1);
    assertThat(said.at("/structured/schedule/scheduled_for").asString())
        .isEqualTo("2026-06-01T12:00:00.000Z");
    assertThat(RawEventReader.read(event.value())).isInstanceOf(RawEventReading.Accepted.class);
    assertThat(headers(event))
        .containsEntry("syris-grant", "connector")
        .doesNotContainKeys("syris-parent-event-id", "syris-depth");
    assertThat(types(result)).containsExactly("schedule.fired");
    assertThat(result.move().fired()).isEqualTo(1);
    assertThat(result.move().next()).isEqualTo(T0.plusSeconds(60));
  }

  @Test
  void shouldSayTheSameAgainWhereItIsRepeated() {
    // Given
    Scheduled schedule = schedule(INTERVAL + "}", null, null);
    // When / Then
    assertThat(headers(due(schedule, 1, false, false).said().getFirst()).get("syris-event-id"))
        .isEqualTo(headers(due(schedule, 5, false, false).said().getFirst()).get("syris-event-id"));
  }

  @Test
  void shouldMakeATimersEventAChildOfWhatAskedForIt() {
    // Given
    String once =
        "{\"name\":\"tea\",\"type\":\"one_shot\",\"spec\":\"2026-06-01T12:00:00Z\",\"payload\":{\"text\":\"tea\"}}";
    // When
    Firing.Result result =
        due(
            schedule(Scheduled.Kind.TIMER, once, null, new Cause(TRACE, PARENT, 2)),
            1,
            false,
            false);
    // Then
    OutboxRecord event = result.said().getFirst();
    assertThat(new String(event.key(), UTF_8)).isEqualTo("timer");
    assertThat(headers(event))
        .containsEntry("syris-trace-id", TRACE.toString())
        .containsEntry("syris-parent-event-id", PARENT.toString())
        .containsEntry("syris-depth", "3")
        .doesNotContainKey("syris-grant");
    assertThat(result.move().next()).isNull();
    assertThat(audits(result).getFirst().traceId()).isEqualTo(TRACE);
  }

  @Test
  void shouldSkipARecurringOneInQuietHoursAndHoldOneThatComesOnce() {
    // Given
    String once =
        "{\"name\":\"tea\",\"type\":\"one_shot\",\"spec\":\"2026-06-01T12:00:00Z\",\"quiet_hours_policy_id\":\"night\"}";
    // When
    Firing.Result recurring =
        due(
            schedule(INTERVAL + ",\"quiet_hours_policy_id\":\"night\"}", null, null),
            1,
            false,
            true);
    Firing.Result single = due(schedule(once, null, null), 1, false, true);
    // Then
    assertThat(types(recurring)).containsExactly("schedule.skipped");
    assertThat(audits(recurring).getFirst().details().path("reason").asString())
        .isEqualTo("quiet_hours");
    assertThat(recurring.move().skipped()).isEqualTo(1);
    assertThat(single.said()).isEmpty();
    assertThat(single.move().held()).isEqualTo(T0);
  }

  @Test
  void shouldNotOverlapWhereItMayNot() {
    // Given
    Scheduled skipping = schedule(INTERVAL + ",\"overlap_policy\":\"skip\"}", null, null);
    Scheduled buffering = schedule(INTERVAL + ",\"overlap_policy\":\"buffer_one\"}", null, null);
    Scheduled full =
        schedule(INTERVAL + ",\"overlap_policy\":\"buffer_one\"}", T0.minusSeconds(60), null);
    // When / Then
    assertThat(types(due(skipping, 1, true, false))).containsExactly("schedule.skipped");
    assertThat(due(buffering, 1, true, false).move().held()).isEqualTo(T0);
    assertThat(types(due(full, 1, true, false))).containsExactly("schedule.skipped");
    assertThat(due(full, 1, true, false).move().held()).isEqualTo(T0.minusSeconds(60));
  }

  @Test
  void shouldRunWhatWaitedOnceNothingIsInTheWay() {
    // Given
    Scheduled held =
        schedule(INTERVAL + ",\"overlap_policy\":\"buffer_one\"}", T0.minusSeconds(60), null);
    // When
    Firing.Result waits = Firing.held(held, new Firing.Circumstances(T0, true, false));
    Firing.Result runs = Firing.held(held, new Firing.Circumstances(T0, false, false));
    // Then
    assertThat(waits.said()).isEmpty();
    assertThat(waits.move().held()).isEqualTo(T0.minusSeconds(60));
    assertThat(types(runs)).containsExactly("schedule.fired");
    assertThat(runs.move().held()).isNull();
    assertThat(runs.move().next()).isEqualTo(T0);
  }

  @Test
  void shouldRecordEverySlotThatWasMissed() {
    // Given
    Scheduled schedule = schedule(INTERVAL + ",\"catch_up_policy\":\"run_once\"}", null, null);
    // When
    Firing.Result result = due(schedule, 3 * 60 + 5, false, false);
    // Then
    assertThat(types(result))
        .containsExactly("schedule.missed", "schedule.missed", "schedule.missed", "schedule.fired");
    assertThat(result.move().missed()).isEqualTo(3);
    assertThat(audits(result).getLast().details().path("late_ms").asLong()).isEqualTo(5000);
  }

  /** Seen so many seconds after the first slot, by a scheduler that has just been started. */
  private static Firing.Result due(Scheduled schedule, int seconds, boolean busy, boolean quiet) {
    Instant now = T0.plusSeconds(seconds);
    var round = new DuePlan.Round(now, now, Duration.ofSeconds(10));
    DuePlan plan = DuePlan.of(schedule.recurrence(), schedule.plan().catchUp(), T0, round);
    return Firing.due(schedule, plan, new Firing.Circumstances(now, busy, quiet));
  }

  private static Scheduled schedule(String json, @Nullable Instant held, @Nullable Cause cause) {
    return schedule(Scheduled.Kind.SCHEDULE, json, held, cause);
  }

  private static Scheduled schedule(
      Scheduled.Kind kind, String json, @Nullable Instant held, @Nullable Cause cause) {
    Plan plan = new PlanReader(ZoneId.of("UTC")).kept((ObjectNode) Json.mapper().readTree(json));
    return new Scheduled(ID, kind, plan, T0.minusSeconds(60), T0, held, TRACE, cause);
  }

  private static List<AuditEvent> audits(Firing.Result result) {
    return result.said().stream()
        .filter(words -> words.topic().equals(Topics.AUDIT_EVENT.name()))
        .map(words -> Json.read(words.value(), AuditEvent.class))
        .toList();
  }

  private static List<String> types(Firing.Result result) {
    return audits(result).stream().map(AuditEvent::type).toList();
  }

  private static Map<String, String> headers(OutboxRecord words) {
    return words.headers().stream()
        .collect(toMap(OutboxRecord.Header::name, it -> new String(it.value(), UTF_8)));
  }
}
