package dev.syris.testkit;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the broker and the database come from; each is started when first asked for. */
sealed interface Backends permits ContainerBackends, EmbeddedBackends {

  String SUPERUSER_PASSWORD = "test-postgres";

  /** Every principal the access lists know, and one they don't. */
  Map<String, String> KAFKA_USERS =
      Stream.of("admin", "producer", "ingest", "pipeline", "task", "gateway", "nobody")
          .collect(Collectors.toUnmodifiableMap(name -> name, name -> "test-" + name));

  /** Host and port of a broker that knows {@link #KAFKA_USERS}. */
  String kafka();

  /**
   * Host and port of a server whose superuser is {@code postgres} with {@link #SUPERUSER_PASSWORD}.
   */
  String postgres();
}
