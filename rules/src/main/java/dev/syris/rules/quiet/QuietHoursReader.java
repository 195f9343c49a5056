package dev.syris.rules.quiet;

import dev.syris.rules.condition.TimeWindow;
import dev.syris.rules.condition.TimeWindowReader;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problems;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code {name, enabled?, timezone?, windows: [{days?, start, end}]}}: without days a window
 * is of every day. Pure.
 */
public final class QuietHoursReader {

  private static final int MAX_WINDOWS = 50;
  private static final Set<String> MEMBERS = Set.of("name", "enabled", "timezone", "windows");

  private final ZoneId zone;

  /**
   * @param zone of quiet hours that name none
   */
  public QuietHoursReader(ZoneId zone) {
    this.zone = zone;
  }

  public QuietHoursReading read(ObjectNode json) {
    var problems = new Problems();
    for (String name : json.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        problems.add(
            Pointers.child("", name),
            "is not known; quiet hours have name, enabled, timezone and windows");
      }
    }
    ObjectNode written = json.deepCopy();
    JsonNode enabled = written.path("enabled");
    if (enabled.isMissingNode()) {
      written.put("enabled", true);
    } else if (!enabled.isBoolean()) {
      problems.add("/enabled", "must be true or false");
    }
    if (!written.has("timezone")) {
      written.put("timezone", zone.getId());
    }
    if (!isZone(written.get("timezone"))) {
      problems.add("/timezone", "must be an IANA time zone such as \"Europe/Berlin\"");
      return new QuietHoursReading.Rejected(problems.toList());
    }
    List<TimeWindow> windows = windows(written, problems);
    return problems.isEmpty()
        ? new QuietHoursReading.Accepted(
            new QuietHours(written.path("enabled").asBoolean(), windows), written)
        : new QuietHoursReading.Rejected(problems.toList());
  }

  private static boolean isZone(JsonNode zone) {
    return zone.isString() && ZoneId.getAvailableZoneIds().contains(zone.asString());
  }

  private static List<TimeWindow> windows(ObjectNode written, Problems problems) {
    var windows = new ArrayList<TimeWindow>();
    JsonNode given = written.path("windows");
    if (!given.isArray() || given.isEmpty() || given.size() > MAX_WINDOWS) {
      problems.add(
          "/windows",
          "must be a list of 1 to %d windows such as {\"start\": \"22:00\", \"end\": \"07:00\"}"
              .formatted(MAX_WINDOWS));
      return windows;
    }
    var reader = new TimeWindowReader(problems);
    for (int i = 0; i < given.size() && !problems.full(); i++) {
      String pointer = "/windows/" + i;
      JsonNode window = given.get(i);
      if (window instanceof ObjectNode object) {
        if (object.has("timezone")) {
          problems.add(pointer + "/timezone", "belongs beside the windows: one for all of them");
        }
        if (!object.has("days")) {
          ArrayNode days = object.putArray("days");
          for (DayOfWeek day : DayOfWeek.values()) {
            days.add(day.name().substring(0, 3).toLowerCase(Locale.ROOT));
          }
        }
        ObjectNode zoned = object.deepCopy();
        zoned.set("timezone", written.get("timezone"));
        TimeWindow read = reader.read(zoned, pointer);
        if (read != null) {
          windows.add(read);
        }
      } else {
        problems.add(pointer, "must be an object with start and end");
      }
    }
    return windows;
  }
}
