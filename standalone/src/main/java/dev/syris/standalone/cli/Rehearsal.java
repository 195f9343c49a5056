package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import dev.syris.standalone.data.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Walks the usual paths once, so that the classes a start needs are known to the JVM's cache. */
final class Rehearsal {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int TRACE_LENGTH = 4;

  private Rehearsal() {}

  /**
   * Posts one event and waits for its trace.
   *
   * @throws IOException where the system does not answer as it should
   */
  static void play(String url, Installation installation) throws IOException, InterruptedException {
    var client = new Client(url, Files.readString(installation.operatorToken()).strip());
    ObjectNode event =
        Json.object().put("channel", "chat").put("connector_id", "rehearsal").put("text", "status");
    String trace = client.post("/events", event).path("trace_id").asString("");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode items = client.get("/audit?trace_id=" + trace).path("items");
    while (items.size() < TRACE_LENGTH && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(50);
      items = client.get("/audit?trace_id=" + trace).path("items");
    }
    client.get("/traces/" + trace);
    client.get("/state");
    client.get("/audit/verify");
  }
}
