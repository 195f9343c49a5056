package dev.syris.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the audit trail says of one schedule. */
record ScheduleTrail(List<JsonNode> fired, List<JsonNode> missed) {

  /**
   * What the scheduler decided of it at one moment, in the order of the slots.
   *
   * @param onTime slots that were run on time
   * @param caughtUp slots that were run late
   * @param missed slots that were not run
   */
  record Round(List<Instant> onTime, List<Instant> caughtUp, List<Instant> missed) {

    /** All that came while nobody was there. */
    List<Instant> late() {
      return Stream.concat(caughtUp.stream(), missed.stream()).sorted().toList();
    }
  }

  static ScheduleTrail of(Trail trail, String schedule) {
    return new ScheduleTrail(
        about(trail.of("schedule.fired"), schedule), about(trail.of("schedule.missed"), schedule));
  }

  private static List<JsonNode> about(List<JsonNode> audits, String schedule) {
    return audits.stream()
        .filter(audit -> schedule.equals(audit.at("/refs/schedule_id").asString("")))
        .toList();
  }

  /** Each slot as often as it is told of. */
  List<Instant> slots() {
    return Stream.concat(fired.stream(), missed.stream())
        .map(ScheduleTrail::slot)
        .sorted()
        .toList();
  }

  List<Instant> firedSlots() {
    return fired.stream().map(ScheduleTrail::slot).sorted().toList();
  }

  /** Between one slot and the next. */
  List<Duration> gaps() {
    List<Instant> slots = slots();
    var gaps = new ArrayList<Duration>();
    for (int i = 1; i < slots.size(); i++) {
      gaps.add(Duration.between(slots.get(i - 1), slots.get(i)));
    }
    return gaps;
  }

  /** Those in which something was late. */
  List<Round> lateRounds() {
    SortedMap<String, Round> rounds = new TreeMap<>();
    fired.forEach(
        audit -> {
          Round round = round(rounds, audit);
          boolean late = audit.path("details").has("catch_up_policy");
          (late ? round.caughtUp() : round.onTime()).add(slot(audit));
        });
    missed.forEach(audit -> round(rounds, audit).missed().add(slot(audit)));
    return rounds.values().stream().filter(round -> !round.late().isEmpty()).toList();
  }

  /** All that is decided at one moment has the same timestamp. */
  private static Round round(SortedMap<String, Round> rounds, JsonNode audit) {
    return rounds.computeIfAbsent(
        audit.path("timestamp").asString(),
        _ -> new Round(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
  }

  private static Instant slot(JsonNode audit) {
    return Instant.parse(audit.at("/details/scheduled_for").asString());
  }
}
