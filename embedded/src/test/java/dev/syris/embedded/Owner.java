package dev.syris.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a killed program was: starts one part, does something that must not be lost, says so and
 * waits. Started by the tests as a process of its own; see {@link ChildJvm}.
 */
final class Owner {

  private Owner() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "postgres" -> postgres(folder, Integer.parseInt(arguments[2]));
      case "unpack" -> PostgresBinaries.unpack(folder);
      case "kafka" -> kafka(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println("READY");
    System.in.read();
  }

  private static void postgres(Path folder, int port) throws Exception {
    var postgres = EmbeddedPostgres.startOrAttach(PostgresFixture.settings(folder, port));
    PostgresFixture.run(
        postgres, "create table kept (id int primary key)", "insert into kept values (1)");
  }

  private static void kafka(Path folder, int port, int controllerPort) {
    var kafka =
        EmbeddedKafka.start(
            new EmbeddedKafkaSettings(folder, port, controllerPort, KafkaFixture.USERS));
    KafkaFixture.createTopic(kafka, "kept", Map.of());
    KafkaFixture.write(kafka, "kept", "before the kill");
    KafkaFixture.writeInTransaction(kafka, "kept", "committed before the kill");
  }
}
