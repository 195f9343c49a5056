package dev.syris.gateway.ledger.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    return new Envelope(key, headers.stream().filter(header -> !names.contains(header.name)).toList());
  }

  /** Headers that are text, the last of each name: what readers of ours look at. */
  Map<String, String> textHeaders() {
    var texts = new TreeMap<String, String>();
    for (Header header : headers) {
      String text = text(header.value);
      if (text != null) {
        texts.put(header.name, text);
      }
    }
    return texts;
  }

  private static @Nullable String text(byte @Nullable [] value) {
    try {
      return value == null ? null : UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }
}
