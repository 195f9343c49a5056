package dev.syris.gateway.rule;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.rules.problem.Parsed;
import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.setting.SettingReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads rules, what they look at, and what is told of them. Thread-safe. */
final class RuleFacts {

  private static final int FETCH = 1000;

  /** What a stored body says that the rule or the quiet hours themselves don't. */
  private static final List<String> KEPT_BESIDE = List.of("created_at", "updated_at");

  private static final String EVENTS =
      """
      select event_id, trace_id, ingested_at, body from api.event
       where ingested_at >= :since and ingested_at < :until
       order by ingested_at, partition nulls last, "offset", event_id
      """;

  private static final String TOLD =
      """
      select type, body->'details' as details from api.audit_event
       where trace_id = :trace and event_id = :event and type in ('rule.triggered', 'rule.suppressed')
         and body->'refs'->>'rule_id' = :rule
       order by sequence desc limit 1
      """;

  private record Named(String name, JsonNode body) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate reading;
  private final ZoneId zone;
  private final SettingReader settings;

  /**
   * @param reading transactions that only read
   * @param zone of days, and of quiet hours that name none
   */
  RuleFacts(JdbcClient jdbc, TransactionTemplate reading, ZoneId zone) {
    this.jdbc = jdbc;
    this.reading = reading;
    this.zone = zone;
    this.settings = new SettingReader(zone);
  }

  ZoneId zone() {
    return zone;
  }

  Optional<Rule> rule(String id) {
    if (!RuleReader.isId(id)) {
      return Optional.empty();
    }
    return jdbc.sql("select body from api.rule where rule_id = :id")
        .param("id", id)
        .query(String.class)
        .optional()
        .map(RuleFacts::stored);
  }

  private static Rule stored(String body) {
    ObjectNode written = (ObjectNode) Json.mapper().readTree(body);
    written.remove(KEPT_BESIDE);
    return switch (RuleReader.readStored(written)) {
      case RuleReading.Accepted(Rule rule) -> rule;
      case RuleReading.Rejected(var problems) ->
          throw new IllegalStateException("a stored rule is none: " + problems.getFirst());
    };
  }

  Optional<PastEvent> event(UUID id) {
    return jdbc.sql(
            "select event_id, trace_id, ingested_at, body from api.event where event_id = :id")
        .param("id", id)
        .query((row, number) -> past(row))
        .optional();
  }

  /**
   * Events accepted in a time, one after the other in the order in which rules met them: none is
   * kept. Of the same millisecond, those whose place is not known come last.
   */
  void events(Instant since, Instant until, Consumer<PastEvent> each) {
    reading.executeWithoutResult(
        _ ->
            jdbc.sql(EVENTS)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .withFetchSize(FETCH)
                .query((RowCallbackHandler) row -> each.accept(past(row))));
  }

  /** What the trail tells of a rule and an event, where it tells anything. */
  Optional<Told> told(String rule, PastEvent event) {
    return jdbc.sql(TOLD)
        .param("trace", event.traceId().value())
        .param("event", event.eventId().value())
        .param("rule", rule)
        .query((row, number) -> Told.of(text(row, "type"), json(row, "details")))
        .optional();
  }

  /** The settings as they are now. */
  RuleSettings settings() {
    JsonNode controls =
        Json.mapper()
            .readTree(jdbc.sql("select body from api.controls").query(String.class).single());
    ObjectNode autonomy = Json.object().put("level", controls.path("autonomy_level").asString(""));
    ObjectNode status =
        Json.object()
            .put(
                "status",
                jdbc.sql("select status from api.system_status").query(String.class).single());
    RuleSettings now =
        with(
            with(RuleSettings.DEFAULT, SettingReader.AUTONOMY, autonomy),
            SettingReader.SYSTEM_STATUS,
            status);
    List<Named> hours =
        jdbc.sql("select quiet_hours_id, body from api.quiet_hours order by 1")
            .query((row, number) -> new Named(text(row, "quiet_hours_id"), json(row, "body")))
            .list();
    for (Named one : hours) {
      ObjectNode body = (ObjectNode) one.body();
      body.remove(KEPT_BESIDE);
      body.remove(List.of("quiet_hours_id", "version"));
      now = with(now, SettingReader.QUIET_HOURS + one.name(), body);
    }
    return now;
  }

  private RuleSettings with(RuleSettings before, String name, ObjectNode value) {
    return switch (settings.with(before, name, value)) {
      case Parsed.Good<RuleSettings>(RuleSettings after) -> after;
      case Parsed.Bad<RuleSettings>(String message) ->
          throw new IllegalStateException("the setting %s %s".formatted(name, message));
    };
  }

  private static PastEvent past(ResultSet row) throws SQLException {
    return new PastEvent(
        json(row, "body"),
        new EventId(id(row, "event_id")),
        new TraceId(id(row, "trace_id")),
        Objects.requireNonNull(row.getObject("ingested_at", OffsetDateTime.class)).toInstant());
  }

  private static UUID id(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column));
  }

  private static JsonNode json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return Json.mapper().readTree(text == null ? "{}" : text);
  }
}
