package dev.syris.task.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How schedules are run.
 *
 * @param grace how late a slot may be run as if it were on time, by a scheduler that was there when
 *     it came; later, and after a restart, the catch-up policy says what is done
 * @param keepFired how long a timer or an alarm clock is shown after it has fired
 */
@ConfigurationProperties("syris.schedules")
record ScheduleSettings(
    @DefaultValue("10s") Duration grace, @DefaultValue("7d") Duration keepFired) {

  ScheduleSettings {
    if (grace.isNegative()) {
      throw new IllegalArgumentException(
          "syris.schedules.grace is " + grace + "; it can't be negative");
    }
    if (keepFired.isNegative()) {
      throw new IllegalArgumentException(
          "syris.schedules.keep-fired is " + keepFired + "; it can't be negative");
    }
  }
}
