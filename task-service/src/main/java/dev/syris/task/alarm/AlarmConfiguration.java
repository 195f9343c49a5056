package dev.syris.task.alarm;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.call.UnknownOutcomes;
import dev.syris.task.notice.Notices;
import dev.syris.task.policy.PolicyAlarm;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alarms and their addresses. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlarmSettings.class)
@Import(AlarmController.class)
public class AlarmConfiguration {

  @Bean
  Alarms alarms(
      JdbcClient jdbc, Outbox outbox, IdSource ids, InstantSource clock, Notices notices) {
    return new Alarms(jdbc, outbox, ids, clock, notices::alarm);
  }

  @Bean
  ResolvedAlarms resolvedAlarms(JdbcClient jdbc, AlarmSettings settings) {
    return new ResolvedAlarms(new AlarmTable(jdbc), settings);
  }

  @Bean
  PolicyAlarm policyAlarm(Alarms alarms) {
    return alarms::raiseAsSaid;
  }

  /**
   * The trail has been told by whoever found it; the operator is told more than of other alarms.
   */
  @Bean
  UnknownOutcomes unknownOutcomes(Alarms alarms, Notices notices) {
    return new UnknownAlarms(alarms, notices);
  }
}
