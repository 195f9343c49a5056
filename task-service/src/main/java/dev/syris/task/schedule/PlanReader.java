package dev.syris.task.schedule;

import dev.syris.contracts.event.RawEventProblem;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.web.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads schedules. Pure; thread-safe. */
final class PlanReader {

  private static final int MAX_NAME = 200;
  private static final int MAX_SPEC = 200;
  private static final int MAX_CAP = 1_000;
  private static final int DEFAULT_CAP = 10;
  private static final int MAX_PAYLOAD = 262_144;
  private static final Duration LONGEST_WINDOW = Duration.ofDays(3660);

  /** What a client reads, and may send back unread. */
  private static final List<String> OURS =
      List.of(
          "schedule_id",
          "version",
          "kind",
          "created_at",
          "updated_at",
          "next_run_at",
          "last_run_at",
          "missed_count",
          "fired_count",
          "skipped_count",
          "trace_id");

  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "enabled",
          "type",
          "spec",
          "timezone",
          "payload",
          "catch_up_policy",
          "catch_up_cap",
          "catch_up_window",
          "overlap_policy",
          "quiet_hours_policy_id");

  private final ZoneId zone;

  /**
   * @param zone of schedules that name none
   */
  PlanReader(ZoneId zone) {
    this.zone = zone;
  }

  /** What was read. */
  sealed interface Reading {

    /**
     * A schedule.
     *
     * @param body as it is kept: what was given, with the defaults
     */
    record Accepted(Plan plan, ObjectNode body) implements Reading {}

    /** None. */
    record Rejected(List<FieldError> errors) implements Reading {}
  }

  Reading read(ObjectNode given) {
    ObjectNode json = given.deepCopy();
    json.remove(OURS);
    var fields = new Fields();
    for (String name : json.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        fields.wrong(
            "/" + name,
            "unknown",
            "is not known; a schedule has "
                + MEMBERS.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
    String name = fields.requiredText(json, "name", "", MAX_NAME).orElse("");
    boolean enabled = fields.flag(json, "enabled", "", true);
    ScheduleSpec when = when(fields, json);
    ObjectNode payload = payload(fields, json);
    CatchUp catchUp = catchUp(fields, json);
    Overlap overlap = choice(fields, json, "overlap_policy", Overlap.ALLOW);
    @Nullable String quiet = fields.text(json, "quiet_hours_policy_id", "", 100).orElse(null);
    if (!fields.errors().isEmpty() || when == null) {
      return new Reading.Rejected(fields.errors());
    }
    var plan = new Plan(name, enabled, when, payload, catchUp, overlap, quiet);
    return new Reading.Accepted(plan, written(json, plan));
  }

  /** One that was kept. */
  Plan kept(ObjectNode body) {
    return switch (read(body)) {
      case Reading.Accepted(Plan plan, var _) -> plan;
      case Reading.Rejected(List<FieldError> errors) ->
          throw new IllegalStateException("a schedule that was kept can't be read: " + errors);
    };
  }

  private @Nullable ScheduleSpec when(Fields fields, ObjectNode json) {
    int before = fields.errors().size();
    if (Fields.given(json, "type") == null) {
      fields.wrong("/type", "required", "is required: cron, interval or one_shot");
    }
    ScheduleSpec.Type type = choice(fields, json, "type", ScheduleSpec.Type.CRON);
    String spec = spec(fields, json);
    ZoneId zoned = zone(fields, json);
    if (fields.errors().size() > before) {
      return null;
    }
    var when = new ScheduleSpec(type, spec, zoned);
    try {
      when.recurrence(Instant.EPOCH);
      return when;
    } catch (IllegalArgumentException e) {
      fields.wrong("/spec", "format", String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A number does, too, where somebody writes the seconds of an interval as one. */
  private static String spec(Fields fields, ObjectNode json) {
    JsonNode given = json.get("spec");
    if (given != null && given.isIntegralNumber()) {
      json.put("spec", given.asString());
    }
    return fields.requiredText(json, "spec", "", MAX_SPEC).orElse("");
  }

  private ZoneId zone(Fields fields, ObjectNode json) {
    Optional<String> given = fields.text(json, "timezone", "", 100);
    if (given.isEmpty()) {
      return zone;
    }
    if (!ZoneId.getAvailableZoneIds().contains(given.get())) {
      fields.wrong(
          "/timezone",
          "format",
          "is \"%s\"; it must be an IANA time zone such as \"Europe/Berlin\""
              .formatted(StorableText.shown(given.get(), 40)));
      return zone;
    }
    return ZoneId.of(given.get());
  }

  private static ObjectNode payload(Fields fields, ObjectNode json) {
    ObjectNode given = fields.object(json, "payload", "");
    ObjectNode payload = given == null ? Json.object() : given;
    for (String name : payload.propertyNames()) {
      if (!name.equals("text") && !name.equals("structured")) {
        fields.wrong("/payload/" + name, "unknown", "is not known; a payload has text, structured");
      }
    }
    if (payload.toString().length() > MAX_PAYLOAD) {
      fields.wrong("/payload", "length", "is over %d characters as JSON".formatted(MAX_PAYLOAD));
    } else if (RawEventReader.read(Json.bytes(FiringEvents.body("schedule", "id", payload)))
        instanceof RawEventReading.Rejected rejected) {
      for (RawEventProblem problem : rejected.problems()) {
        fields.wrong("/payload" + problem.pointer(), problem.code(), problem.message());
      }
    }
    return payload;
  }

  private static CatchUp catchUp(Fields fields, ObjectNode json) {
    CatchUp.Policy policy = choice(fields, json, "catch_up_policy", CatchUp.Policy.RUN_ONCE);
    Optional<Long> cap = fields.number(json, "catch_up_cap", "", 1, MAX_CAP);
    if (cap.isPresent() && policy != CatchUp.Policy.RUN_ALL_CAPPED) {
      fields.wrong("/catch_up_cap", "value", "belongs to the catch_up_policy run_all_capped");
    }
    return new CatchUp(policy, cap.orElse((long) DEFAULT_CAP).intValue(), window(fields, json));
  }

  private static @Nullable Duration window(Fields fields, ObjectNode json) {
    JsonNode given = Fields.given(json, "catch_up_window");
    if (given == null) {
      return null;
    }
    Duration window = given.isIntegralNumber() ? seconds(given) : duration(given.asString(""));
    if (window == null || !window.isPositive() || window.compareTo(LONGEST_WINDOW) > 0) {
      fields.wrong(
          "/catch_up_window",
          "format",
          "must be a duration such as \"PT1H\" or \"90m\", or whole seconds; at most %d days"
              .formatted(LONGEST_WINDOW.toDays()));
    }
    return window;
  }

  private static @Nullable Duration seconds(JsonNode given) {
    return given.canConvertToInt() ? Duration.ofSeconds(given.asInt()) : null;
  }

  private static @Nullable Duration duration(String text) {
    try {
      return DurationStyle.detectAndParse(text, java.time.temporal.ChronoUnit.SECONDS);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  private static <E extends Enum<E>> E choice(
      Fields fields, ObjectNode json, String name, E otherwise) {
    Optional<String> given = fields.text(json, name, "", 40);
    E[] all = otherwise.getDeclaringClass().getEnumConstants();
    if (given.isEmpty()) {
      return otherwise;
    }
    Optional<E> named = Arrays.stream(all).filter(it -> wire(it).equals(given.get())).findAny();
    if (named.isEmpty()) {
      fields.wrong(
          "/" + name,
          "value",
          "is \"%s\"; it must be one of %s"
              .formatted(
                  given.get(),
                  Arrays.stream(all).map(PlanReader::wire).collect(Collectors.joining(", "))));
    }
    return named.orElse(otherwise);
  }

  private static String wire(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode written(ObjectNode json, Plan plan) {
    json.put("enabled", plan.enabled())
        .put("timezone", plan.when().zone().getId())
        .put("catch_up_policy", plan.catchUp().policy().wire())
        .put("overlap_policy", plan.overlap().wire());
    json.set("payload", plan.payload());
    if (plan.catchUp().policy() == CatchUp.Policy.RUN_ALL_CAPPED) {
      json.put("catch_up_cap", plan.catchUp().cap());
    }
    if (plan.catchUp().window() != null) {
      json.put("catch_up_window", plan.catchUp().window().toString());
    }
    return json;
  }
}
