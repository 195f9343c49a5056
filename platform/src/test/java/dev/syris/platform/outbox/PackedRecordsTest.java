package dev.syris.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRecordsTest {

  private static final byte[] NOTHING = null;
  private static final OutboxRecord PLAIN =
      new OutboxRecord(
              "syris.audit.event", "k\u00e9y".getBytes(UTF_8), new byte[] {0, -1}, List.of())
          .withHeader("n\u00e4me", "text")
          .withHeader("n\u00e4me", NOTHING)
          .withHeader("empty", new byte[0]);

  @Test
  void shouldGiveBackWhatWasPacked() {
    // Given
    var empty = new OutboxRecord("syris.control.rule", NOTHING, NOTHING, List.of());
    // When
    List<OutboxRecord> unpacked = PackedRecords.unpack(PackedRecords.pack(List.of(PLAIN, empty)));
    // Then
    assertThat(unpacked).usingRecursiveComparison().isEqualTo(List.of(PLAIN, empty));
  }

  @Test
  void shouldMakeManyAlikeSmall() {
    // Given
    List<OutboxRecord> many = Collections.nCopies(200, PLAIN);
    int size = many.stream().mapToInt(OutboxRecord::size).sum();
    // When
    byte[] packed = PackedRecords.pack(many);
    // Then
    assertThat(packed).hasSizeLessThan(size / 5);
    assertThat(PackedRecords.unpack(packed)).usingRecursiveComparison().isEqualTo(many);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void shouldRefuseARowThatIsCutAnywhere(int records) {
    // Given
    byte[] packed = PackedRecords.pack(Collections.nCopies(records, PLAIN));
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      // When Then
      assertThatThrownBy(() -> PackedRecords.unpack(cut))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldRefuseWhatANewerReleasePacked() {
    // Given
    byte[] packed = PackedRecords.pack(List.of(PLAIN));
    packed[0] = 9;
    // When Then
    assertThatThrownBy(() -> PackedRecords.unpack(packed)).hasMessageContaining("way 9");
  }
}
