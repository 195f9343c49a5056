package dev.syris.testkit;

import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.migrate.KafkaMigration;
import dev.syris.platform.migrate.PostgresMigration;
import dev.syris.platform.migrate.SchemaMigration;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

/** The broker and the database of this JVM. Thread-safe. See the package for how to use them. */
public final class TestBackends {

  static final String NO_DOCKER =
      "syris.test.backends=containers asks for Testcontainers, but there is no Docker here";

  private static final boolean CONTAINERS =
      "containers".equals(System.getProperty("syris.test.backends"));
  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static @Nullable Backends backends;
  private static @Nullable String broker;
  private static @Nullable String server;
  private static boolean templateMade;

  private TestBackends() {}

  /** The super user of the broker. */
  public static KafkaSettings kafka() {
    return kafka("admin");
  }

  /**
   * A principal of the access lists ({@code producer, ingest, pipeline, task, gateway}), or {@code
   * nobody}.
   */
  public static KafkaSettings kafka(String principal) {
    String password = Backends.KAFKA_USERS.get(principal);
    if (password == null) {
      throw new IllegalArgumentException(
          principal + " is none of " + Backends.KAFKA_USERS.keySet());
    }
    return new KafkaSettings(broker(), principal, password);
  }

  /** A database of your own, with roles, and with every migration of the classpath applied. */
  public static TestDatabase freshDatabase() {
    return database(true);
  }

  /** A database of your own, with roles and nothing else. */
  public static TestDatabase emptyDatabase() {
    return database(false);
  }

  static boolean available() {
    return !CONTAINERS || ContainerBackends.available();
  }

  static void announce(String skipped) {
    System.out.println("SKIPPED " + skipped + ": " + NO_DOCKER);
  }

  private static synchronized Backends backends() {
    if (backends == null) {
      if (!available()) {
        announce("a test");
        Assumptions.abort(NO_DOCKER);
      }
      backends = CONTAINERS ? new ContainerBackends() : new EmbeddedBackends();
    }
    return backends;
  }

  private static synchronized String broker() {
    if (broker == null) {
      String address = backends().kafka();
      var admin =
          new KafkaSettings(address, "admin", Backends.KAFKA_USERS.getOrDefault("admin", ""));
      try (Admin client = Admin.create(admin.clientConfig())) {
        new KafkaMigration(client).migrate();
      }
      broker = address;
    }
    return broker;
  }

  private static synchronized TestDatabase database(boolean migrated) {
    if (server == null) {
      server = backends().postgres();
    }
    if (migrated && !templateMade) {
      prepare(TEMPLATE).migrate();
      templateMade = true;
    }
    String name = "test_" + DATABASES.incrementAndGet();
    if (migrated) {
      copyTemplate(name);
    }
    return prepare(name);
  }

  private static TestDatabase prepare(String name) {
    Map<String, String> passwords =
        Stream.concat(Stream.of(SchemaMigration.OWNER), SchemaMigration.roles().stream())
            .collect(Collectors.toMap(role -> role, TestDatabase::password));
    PostgresMigration.prepare(superuser(), name, passwords);
    return new TestDatabase(name, url(name));
  }

  private static void copyTemplate(String name) {
    try (var connection = superuser().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "create database %s template %s owner %s"
              .formatted(name, TEMPLATE, SchemaMigration.OWNER));
    } catch (SQLException e) {
      throw new IllegalStateException("no fresh database: " + e.getMessage(), e);
    }
  }

  private static DataSource superuser() {
    var source = new PGSimpleDataSource();
    source.setURL(url("postgres"));
    source.setUser("postgres");
    source.setPassword(Backends.SUPERUSER_PASSWORD);
    return source;
  }

  private static String url(String database) {
    return "jdbc:postgresql://%s/%s".formatted(server, database);
  }
}
