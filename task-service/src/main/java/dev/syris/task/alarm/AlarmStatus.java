package dev.syris.task.alarm;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where an alarm stands; the table {@code task.alarm_transition} says the same. */
enum AlarmStatus {
  OPEN,
  ACKED,
  RESOLVED;

  static final Map<AlarmStatus, Set<AlarmStatus>> TRANSITIONS =
      new EnumMap<>(
          Map.of(OPEN, Set.of(ACKED, RESOLVED), ACKED, Set.of(RESOLVED), RESOLVED, Set.of()));

  boolean mayBecome(AlarmStatus next) {
    return TRANSITIONS.getOrDefault(this, Set.of()).contains(next);
  }

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AlarmStatus parse(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
