package dev.syris.gateway.ledger.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class BinaryCopyTest {

  private static final int HEADER = 19;

  @Property(tries = 200)
  void shouldBeReadAsItWasWritten(
      @ForAll long number,
      @ForAll @LongRange(min = -62_135_596_800_000_000L, max = 253_402_300_799_999_999L)
          long micros,
      @ForAll byte[] bytes) {
    // Given
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    var id = new UUID(number, micros);

    // When
    var copy =
        new BinaryCopy()
            .row(6)
            .bigint(number)
            .timestamptz(time)
            .uuid(id)
            .uuid(null)
            .bytes(bytes)
            .text(null)
            .end();

    // Then
    ByteBuffer written = ByteBuffer.wrap(copy.buffer(), HEADER, copy.size() - HEADER);
    assertThat(written.getShort()).isEqualTo((short) 6);
    var row = new BinaryRow(written);
    assertThat(row.bigint()).isEqualTo(number);
    assertThat(row.timestamptz()).isEqualTo(time);
    assertThat(row.uuid()).isEqualTo(id);
    assertThat(row.uuid()).isNull();
    assertThat(row.bytes()).isEqualTo(bytes);
    assertThat(row.text()).isNull();
    assertThat(written.getShort()).isEqualTo((short) -1);
    assertThat(written.hasRemaining()).isFalse();
  }
}
