package dev.syris.task.watch;

import dev.syris.platform.health.HealthProbe;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.instance.Instance;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The watchers there are: two of ours, and those the operator wants. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatcherSettings.class)
@Import(WatcherController.class)
public class WatcherConfiguration {

  private static final String LAST_HEARD =
      "select max(ingested_at) from api.event where connector_id = :connector";

  @Bean
  Watcher heartbeatWatcher(TaskSettings settings, Instance instance) {
    return new HeartbeatWatcher(settings.heartbeat(), instance, System::nanoTime);
  }

  @Bean
  Watcher systemWatcher(
      JdbcClient jdbc,
      @Qualifier("policyProbe") HealthProbe policy,
      @Value("${syris.data:}") String data) {
    var checks = new ArrayList<>(SystemChecks.of(jdbc));
    checks.add(new PolicyCheck(policy));
    if (!data.isBlank()) {
      checks.add(DiskCheck.of(Path.of(data)));
    }
    return new SystemWatcher(checks);
  }

  @Bean
  WatcherTable watcherTable(JdbcClient jdbc) {
    return new WatcherTable(jdbc);
  }

  @Bean
  WatcherLoop watcherLoop(
      ObjectProvider<Watcher> ours,
      WatcherSettings wanted,
      WatcherTable table,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      Alarms alarms,
      InstantSource clock,
      TaskSettings settings) {
    var watchers = new ArrayList<>(ours.stream().toList());
    watchers.addAll(wanted(wanted, jdbc));
    return new WatcherLoop(
        watchers, table, transaction, outbox, alarms, clock, settings, new Signal());
  }

  private static List<Watcher> wanted(WatcherSettings settings, JdbcClient jdbc) {
    var client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    var watchers = new ArrayList<Watcher>();
    settings
        .watchers()
        .forEach(
            (id, watcher) ->
                watchers.add(
                    switch (watcher.type()) {
                      case HTTP -> new HttpWatcher(id, watcher, client);
                      case SILENCE ->
                          new SilenceWatcher(id, watcher, name -> lastHeard(jdbc, name));
                    }));
    return watchers;
  }

  private static Optional<Instant> lastHeard(JdbcClient jdbc, String connector) {
    return jdbc.sql(LAST_HEARD)
        .param("connector", connector)
        .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  @Bean
  WatcherProbe watcherProbe(WatcherLoop loop) {
    return new WatcherProbe(loop);
  }
}
