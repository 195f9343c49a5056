package dev.syris.ingest.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Stamped events to write. */
public final class Events {

  private Events() {}

  public static StampedEvent of(String text) {
    return new StampedEvent(
        text.getBytes(UTF_8),
        "key",
        false,
        new Receipt(new EventId(UUID.randomUUID()), new TraceId(UUID.randomUUID())));
  }

  public static List<StampedEvent> of(String first, String second) {
    return Stream.of(first, second).map(Events::of).toList();
  }
}
