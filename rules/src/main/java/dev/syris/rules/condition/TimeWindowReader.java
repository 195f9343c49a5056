package dev.syris.rules.condition;

import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.problem.Shown;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the inside of {@code {"time_window": …}}; all four members are required. */
public final class TimeWindowReader {

  private static final Set<String> MEMBERS = Set.of("days", "start", "end", "timezone");
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
  private static final Pattern CLOCK =
      Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?");
  private static final String END_OF_DAY = "24:00";
  private static final Map<String, DayOfWeek> DAYS = days();

  private final Problems problems;

  public TimeWindowReader(Problems problems) {
    this.problems = problems;
  }

  /** The window; null where there are problems. */
  public @Nullable TimeWindow read(JsonNode json, String pointer) {
    if (!json.isObject()) {
      problems.add(
          pointer,
          "is %s; it must be an object with days, start, end and timezone"
              .formatted(Shown.value(json)));
      return null;
    }
    for (String name : json.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        problems.add(
            Pointers.child(pointer, name),
            "is not known; a time window has days, start, end and timezone");
      }
    }
    Set<DayOfWeek> days = days(json.path("days"), Pointers.child(pointer, "days"));
    LocalTime start = clock(json.path("start"), Pointers.child(pointer, "start"), false);
    LocalTime end = clock(json.path("end"), Pointers.child(pointer, "end"), true);
    ZoneId zone = zone(json.path("timezone"), Pointers.child(pointer, "timezone"));
    return days.isEmpty() || start == null || end == null || zone == null
        ? null
        : new TimeWindow(days, start, end, zone);
  }

  private Set<DayOfWeek> days(JsonNode json, String pointer) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    if (!json.isArray() || json.isEmpty()) {
      problems.add(pointer, fault(json, "a list of days such as [\"mon\", \"tue\"]"));
    }
    for (int i = 0; json.isArray() && i < json.size() && !problems.full(); i++) {
      DayOfWeek day =
          json.get(i).isString() ? DAYS.get(json.get(i).asString().toLowerCase(Locale.ROOT)) : null;
      if (day == null) {
        problems.add(
            Pointers.child(pointer, i),
            fault(json.get(i), "one of mon, tue, wed, thu, fri, sat, sun"));
      } else {
        days.add(day);
      }
    }
    return days;
  }

  private @Nullable LocalTime clock(JsonNode json, String pointer, boolean last) {
    String text = json.isString() ? json.asString() : "";
    if (last && text.equals(END_OF_DAY)) {
      return LocalTime.MIDNIGHT;
    }
    if (CLOCK.matcher(text).matches()) {
      return LocalTime.parse(text);
    }
    problems.add(pointer, fault(json, "a time of day from 00:00 to 23:59 such as \"22:30\""));
    return null;
  }

  private @Nullable ZoneId zone(JsonNode json, String pointer) {
    if (json.isString() && ZONES.contains(json.asString())) {
      return ZoneId.of(json.asString());
    }
    problems.add(pointer, fault(json, "an IANA time zone such as \"Europe/Berlin\""));
    return null;
  }

  private static String fault(JsonNode json, String wanted) {
    return json.isMissingNode()
        ? "is required: " + wanted
        : "is %s; it must be %s".formatted(Shown.value(json), wanted);
  }

  private static Map<String, DayOfWeek> days() {
    var days = new HashMap<String, DayOfWeek>();
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      days.put(name, day);
      days.put(name.substring(0, 3), day);
    }
    return Map.copyOf(days);
  }
}
