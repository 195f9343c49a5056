package dev.syris.testkit;

import dev.syris.embedded.EmbeddedKafka;
import dev.syris.embedded.EmbeddedKafkaSettings;
import dev.syris.embedded.EmbeddedPostgres;
import dev.syris.embedded.EmbeddedPostgresSettings;
import dev.syris.embedded.FreePorts;
import java.util.List;

/** The same parts as the packaged program has, in a folder that goes with the JVM. */
final class EmbeddedBackends implements Backends {

  private final TestFolder folder = TestFolder.create();

  @Override
  public String kafka() {
    List<Integer> ports = FreePorts.find(2);
    var settings =
        new EmbeddedKafkaSettings(
            folder.resolve("kafka"), ports.getFirst(), ports.getLast(), KAFKA_USERS);
    EmbeddedKafka kafka = EmbeddedKafka.start(settings);
    folder.closeFirst(kafka);
    return kafka.bootstrapServers();
  }

  @Override
  public String postgres() {
    int port = FreePorts.find(1).getFirst();
    var settings =
        new EmbeddedPostgresSettings(
            folder.resolve(TestFolder.POSTGRES),
            EmbeddedPostgresSettings.usualCacheFolder(),
            port,
            SUPERUSER_PASSWORD);
    EmbeddedPostgres postgres = EmbeddedPostgres.startOrAttach(settings);
    folder.closeFirst(postgres);
    return "127.0.0.1:" + port;
  }
}
