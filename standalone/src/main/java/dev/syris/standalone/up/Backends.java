package dev.syris.standalone.up;

import dev.syris.embedded.EmbeddedKafka;
import dev.syris.embedded.EmbeddedKafkaSettings;
import dev.syris.embedded.EmbeddedPostgres;
import dev.syris.embedded.EmbeddedPostgresSettings;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.migrate.SchemaMigration;
import dev.syris.standalone.data.Credentials;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker and database, started side by side and brought to what the services expect. */
final class Backends implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private final EmbeddedKafka kafka;
  private final EmbeddedPostgres postgres;

  private Backends(EmbeddedKafka kafka, EmbeddedPostgres postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
  }

  /**
   * Starts both and migrates both.
   *
   * @throws IllegalStateException where one does not start; the other is stopped again
   */
  static Backends start(Path folder, Path cache, Ports ports, Credentials credentials) {
    CompletableFuture<EmbeddedPostgres> postgres =
        CompletableFuture.supplyAsync(
            () -> startPostgres(folder, cache, ports, credentials), Backends::onThread);
    CompletableFuture<EmbeddedKafka> kafka =
        CompletableFuture.supplyAsync(
            () -> startKafka(folder, ports, credentials), Backends::onThread);
    try {
      CompletableFuture.allOf(kafka, postgres).join();
      return new Backends(kafka.join(), postgres.join());
    } catch (CompletionException e) {
      kafka.thenAccept(EmbeddedKafka::close);
      postgres.thenAccept(EmbeddedPostgres::close);
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(cause.getMessage(), cause);
    }
  }

  private static void onThread(Runnable work) {
    Thread.ofPlatform().name("backend").start(work);
  }

  static EmbeddedPostgres startPostgres(
      Path folder, Path cache, Ports ports, Credentials credentials) {
    long before = System.nanoTime();
    EmbeddedPostgres postgres =
        EmbeddedPostgres.startOrAttach(
            new EmbeddedPostgresSettings(
                folder.resolve("postgres"),
                cache,
                ports.postgres(),
                credentials.postgres(Credentials.POSTGRES_SUPERUSER)));
    LOG.info("PostgreSQL started in {} ms", millisSince(before));
    long migrating = System.nanoTime();
    Migrations.postgres(
        postgres.superuser(),
        postgres.jdbcUrl(SchemaMigration.DATABASE),
        credentials.postgresRoles());
    LOG.info("schemas are up to date after {} ms", millisSince(migrating));
    return postgres;
  }

  private static EmbeddedKafka startKafka(Path folder, Ports ports, Credentials credentials) {
    long before = System.nanoTime();
    EmbeddedKafka kafka =
        EmbeddedKafka.start(
            new EmbeddedKafkaSettings(
                folder.resolve("kafka"),
                ports.kafka(),
                ports.controller(),
                credentials.kafkaUsers()));
    LOG.info("Kafka started in {} ms", millisSince(before));
    long migrating = System.nanoTime();
    Migrations.kafka(
        new KafkaSettings(
            kafka.bootstrapServers(),
            Credentials.KAFKA_ADMIN,
            credentials.kafka(Credentials.KAFKA_ADMIN)));
    LOG.info("topics and access are up to date after {} ms", millisSince(migrating));
    return kafka;
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  String kafkaAddress() {
    return kafka.bootstrapServers();
  }

  String jdbcUrl() {
    return postgres.jdbcUrl(SchemaMigration.DATABASE);
  }

  /** Brings the database back where its process has died by itself; the services wait and go on. */
  void revivePostgres() {
    if (!postgres.isAlive()) {
      LOG.error("PostgreSQL is gone; starting it again");
      postgres.restart();
      LOG.info("PostgreSQL is back");
    }
  }

  @Override
  public void close() {
    long before = System.nanoTime();
    kafka.close();
    LOG.info("Kafka stopped in {} ms", millisSince(before));
    before = System.nanoTime();
    postgres.close();
    LOG.info("PostgreSQL stopped in {} ms", millisSince(before));
  }
}
