package dev.syris.task.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** From what a clock shows to when that is. Pure. */
public final class LocalTimes {

  private LocalTimes() {}

  /**
   * The instant a zone's clock shows a time: the first after the gap where it skips it, the first
   * where it shows it twice.
   */
  public static Instant instant(LocalDateTime clock, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(clock);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : clock.toInstant(zone.getRules().getOffset(clock));
  }
}
