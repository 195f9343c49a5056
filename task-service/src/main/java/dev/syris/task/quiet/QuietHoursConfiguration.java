package dev.syris.task.quiet;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.rules.quiet.QuietHoursReader;
import dev.syris.task.call.GateParts;
import dev.syris.task.document.DocumentKind;
import dev.syris.task.document.Documents;
import dev.syris.task.policy.Policies;
import java.time.InstantSource;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Quiet hours and their addresses. */
@Configuration(proxyBeanMethods = false)
@Import(QuietHoursController.class)
public class QuietHoursConfiguration {

  private static final DocumentKind KIND =
      DocumentKind.named(
          "quiet_hours", "quiet hours", "task.quiet_hours", "api.quiet_hours", "/quiet-hours");

  @Bean
  QuietHoursBook quietHoursBook(
      JdbcClient jdbc, Policies policies, Outbox outbox, @Value("${syris.timezone:}") String zone) {
    ZoneId named = zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone);
    return new QuietHoursBook(jdbc, new QuietHoursReader(named), policies, outbox);
  }

  @Bean
  GateParts.QuietHours quietHours(QuietHoursBook book) {
    return book::at;
  }

  @Bean
  Documents quietHoursDocuments(
      QuietHoursBook book,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock) {
    return new Documents(KIND, book, jdbc, transaction, outbox, ids, clock);
  }
}
