package dev.syris.testkit;

import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The images the compose file runs. Testcontainers takes them away when the JVM ends. */
final class ContainerBackends implements Backends {

  private static final String KAFKA_IMAGE = "apache/kafka:4.2.1";
  private static final String POSTGRES_IMAGE = "postgres:18";

  static boolean available() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /**
   * The container's own listeners stay open, inside its network only; what is mapped outside asks
   * for a login.
   */
  @Override
  public String kafka() {
    var container = new KafkaContainer(KAFKA_IMAGE);
    container.withEnv(
        Map.ofEntries(
            Map.entry(
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                "BROKER:PLAINTEXT,PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("KAFKA_LISTENER_NAME_PLAINTEXT_SASL_ENABLED_MECHANISMS", "PLAIN"),
            Map.entry("KAFKA_LISTENER_NAME_PLAINTEXT_PLAIN_SASL_JAAS_CONFIG", login()),
            Map.entry(
                "KAFKA_AUTHORIZER_CLASS_NAME",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
            Map.entry("KAFKA_SUPER_USERS", "User:admin;User:ANONYMOUS"),
            Map.entry("KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND", "false"),
            Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
            Map.entry("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(4 * 1024 * 1024 + 64 * 1024))));
    container.start();
    return container.getBootstrapServers();
  }

  @Override
  public String postgres() {
    var container =
        new PostgreSQLContainer(POSTGRES_IMAGE)
            .withUsername("postgres")
            .withPassword(SUPERUSER_PASSWORD)
            .withDatabaseName("postgres");
    container.start();
    return container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
  }

  private static String login() {
    return KAFKA_USERS.entrySet().stream()
        .map(user -> " user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
        .collect(
            Collectors.joining(
                "", "org.apache.kafka.common.security.plain.PlainLoginModule required", ";"));
  }
}
