package dev.syris.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.RawEventReading.Accepted;
import dev.syris.contracts.event.RawEventReading.Rejected;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RawEventReaderLawsTest {

  private static final byte[] GOOD =
      """
      {"channel":"api","connector_id":"c","text":"set \\u00e9 \\ud83d\\ude00","structured":{"a":[1,2.5e3,null]},
       "actor":{"type":"user","id":"a"},"occurred_at":"2026-01-31T08:00:00.000Z","context":{"locale":"en"}}
      """
          .getBytes(UTF_8);

  @Property
  void neverThrowsOnAnyBytes(@ForAll @Size(max = 64) byte[] bytes) {
    RawEventReading reading = RawEventReader.readPublic(bytes);

    if (reading instanceof Rejected rejected) {
      assertThat(rejected.problems()).isNotEmpty();
      assertThat(StorableText.fault(rejected.summary())).isNull();
    }
  }

  @Property
  void neverThrowsWhenOneByteOfAGoodEventChanges(
      @ForAll @IntRange(max = 200) int position,
      @ForAll byte value,
      @ForAll @IntRange(max = 250) int length) {
    byte[] bytes =
        java.util.Arrays.copyOf(GOOD, Math.min(GOOD.length, Math.max(length, position + 1)));
    bytes[position] = value;

    RawEventReading reading = RawEventReader.read(bytes);

    if (reading instanceof Accepted(RawEvent event)) {
      assertThat(StorableText.fault(Json.mapper().writeValueAsString(event))).isNull();
    }
  }

  @Property
  void takesExactlyTheUtf8OfTheJdk(@ForAll @Size(max = 8) byte[] bytes) {
    boolean valid;
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      valid = text.indexOf('\0') < 0 && !text.startsWith("\ufeff");
    } catch (CharacterCodingException e) {
      valid = false;
    }

    assertThat(Utf8Scan.of(bytes).problem() == null).isEqualTo(valid);
  }
}
