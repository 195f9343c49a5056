package dev.syris.task.alarm;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alarms are kept.
 *
 * @param keepResolved how long one is shown after it was resolved; the audit trail keeps it longer
 */
@ConfigurationProperties("syris.alarms")
record AlarmSettings(@DefaultValue("90d") Duration keepResolved) {

  AlarmSettings {
    if (keepResolved.isNegative()) {
      throw new IllegalArgumentException(
          "syris.alarms.keep-resolved is " + keepResolved + "; it can't be negative");
    }
  }
}
