package dev.syris.gateway.ledger.artifact;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What a record had beside its value. */
public record Envelope(byte @Nullable [] key, List<Header> headers) {

  /** A header as it came; names may repeat. */
  public record Header(String name, byte @Nullable [] value) {}

  public Envelope {
    headers = List.copyOf(headers);
  }

  public static Envelope of(byte @Nullable [] key, Headers headers) {
    var all = new ArrayList<Header>();
    headers.forEach(header -> all.add(new Header(header.key(), header.value())));
    return new Envelope(key, all);
  }

  /** The same without some headers. */
  public Envelope without(List<String> names) {
    return new Envelope(
        key, headers.stream().filter(header -> !names.contains(header.name)).toList());
  }
}
