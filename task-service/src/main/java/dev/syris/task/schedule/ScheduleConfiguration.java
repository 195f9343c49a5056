package dev.syris.task.schedule;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.TaskSettings;
import dev.syris.task.call.GateParts;
import dev.syris.task.document.DocumentKind;
import dev.syris.task.document.Documents;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Schedules, their addresses, and the loop that runs them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScheduleSettings.class)
@Import(ScheduleController.class)
public class ScheduleConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleConfiguration.class);

  private static final DocumentKind KIND =
      DocumentKind.minted("schedule", "schedule", "task.schedule", "api.schedule", "/schedules");

  @Bean
  PlanReader schedulePlanReader(@Value("${syris.timezone:}") String zone) {
    ZoneId reading = zone.isBlank() ? ZoneId.systemDefault() : zone(zone);
    LOG.info(
        "times without a zone are of {}{}",
        reading,
        zone.isBlank() ? ", the machine's; syris.timezone names another" : "");
    return new PlanReader(reading);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "syris.timezone is \"%s\"; write an IANA zone such as Europe/Berlin".formatted(name), e);
    }
  }

  @Bean
  ScheduleTable scheduleTable(JdbcClient jdbc, PlanReader reader) {
    return new ScheduleTable(jdbc, reader);
  }

  @Bean
  ScheduleLoop scheduleLoop(
      ScheduleTable table,
      TransactionTemplate transaction,
      Outbox outbox,
      GateParts.QuietHours quietHours,
      InstantSource clock,
      TaskSettings task,
      ScheduleSettings settings) {
    return new ScheduleLoop(table, transaction, outbox, quietHours, clock, task, settings);
  }

  @Bean
  FiredClocks firedClocks(ScheduleTable table, ScheduleSettings settings) {
    return new FiredClocks(table, settings);
  }

  @Bean
  ScheduleProbe scheduleProbe(ScheduleLoop loop) {
    return new ScheduleProbe(loop);
  }

  @Bean
  Schedules schedules(
      ScheduleTable table, PlanReader reader, InstantSource clock, ScheduleLoop loop) {
    return new Schedules(table, reader, clock, loop::wake);
  }

  @Bean
  ScheduleRules scheduleRules(
      ScheduleTable table,
      PlanReader reader,
      @Qualifier("quietHoursDocuments") Documents quietHours,
      InstantSource clock,
      Schedules schedules) {
    return new ScheduleRules(
        table,
        reader,
        name -> quietHours.find(name).isPresent(),
        clock,
        schedules::wakeAfterCommit);
  }

  @Bean
  Documents scheduleDocuments(
      ScheduleRules rules,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock) {
    return new Documents(KIND, rules, jdbc, transaction, outbox, ids, clock);
  }
}
