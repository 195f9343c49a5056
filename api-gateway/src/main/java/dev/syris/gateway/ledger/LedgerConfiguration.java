package dev.syris.gateway.ledger;

import dev.syris.contracts.id.IdSource;
import dev.syris.gateway.ledger.artifact.Artifacts;
import dev.syris.gateway.ledger.artifact.DeadLetterTable;
import dev.syris.gateway.ledger.artifact.DeadLetters;
import dev.syris.gateway.ledger.artifact.Redaction;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.gateway.ledger.chain.AuditVerifier;
import dev.syris.gateway.ledger.segment.SegmentSettings;
import dev.syris.gateway.ledger.sink.LedgerCommits;
import dev.syris.gateway.ledger.sink.LedgerLag;
import dev.syris.gateway.ledger.sink.LedgerParts;
import dev.syris.gateway.ledger.sink.LedgerProbe;
import dev.syris.gateway.ledger.sink.LedgerSink;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.seal.Sealer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ledger as a part of the gateway. For the gateway to use: {@link LedgerCommits}, {@link
 * LedgerLag}, {@link AuditVerifier}, {@link Artifacts} and {@link DeadLetters}; all else is read
 * from the views in the schema {@code api}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerProperties.class, AuditProperties.class, KafkaSettings.class})
public class LedgerConfiguration {

  private static final Duration IDLE_TRANSACTION = Duration.ofSeconds(10);

  @Bean
  LedgerDatabase ledgerDatabase(LedgerProperties properties) {
    return new LedgerDatabase(properties, IDLE_TRANSACTION);
  }

  @Bean
  Sealer artifactSealer(@Value("${syris.artifacts.key}") String key) {
    return new Sealer("syris.artifacts.key", key);
  }

  @Bean
  Artifacts artifacts(LedgerDatabase database, Sealer artifactSealer) {
    var template = new JdbcTemplate(database.dataSource());
    return new Artifacts(
        JdbcClient.create(template), new BulkInsert(template), artifactSealer, Redaction.NONE);
  }

  @Bean
  DeadLetterTable deadLetterTable(
      LedgerDatabase database, Artifacts artifacts, Sealer artifactSealer) {
    var template = new JdbcTemplate(database.dataSource());
    return new DeadLetterTable(
        JdbcClient.create(template), new BulkInsert(template), artifacts, artifactSealer);
  }

  @Bean
  DeadLetters deadLetters(DeadLetterTable table, Outbox outbox, IdSource ids, InstantSource clock) {
    return new DeadLetters(table, outbox, ids, clock);
  }

  @Bean
  AuditVerifier auditVerifier(LedgerDatabase database) {
    return new AuditVerifier(database.dataSource());
  }

  @Bean
  LedgerParts ledgerParts(
      LedgerDatabase database,
      DeadLetterTable deadLetters,
      LedgerProperties ledger,
      AuditProperties audit,
      MeterRegistry meters,
      InstantSource clock) {
    var segments =
        new SegmentSettings(ledger.segmentRows(), ledger.segmentAge(), audit.retention());
    return LedgerParts.of(database.dataSource(), deadLetters, segments, meters, clock);
  }

  @Bean
  LedgerSink ledgerSink(KafkaSettings kafka, LedgerParts parts) {
    return parts.sink(kafka);
  }

  @Bean
  LedgerCommits ledgerCommits(LedgerParts parts) {
    return parts.commits();
  }

  @Bean
  LedgerLag ledgerLag(LedgerParts parts) {
    return parts.lag();
  }

  @Bean
  LedgerProbe ledgerProbe(LedgerParts parts) {
    return parts.probe();
  }
}
