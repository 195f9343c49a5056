package dev.syris.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidsTest {

  @Property
  void shouldCarryVersionVariantAndTimeWhateverTheRandomness(
      @ForAll @LongRange(min = 0, max = (1L << 48) - 1) long millis,
      @ForAll long high,
      @ForAll long low) {
    // When
    UUID id = Uuids.version7(millis, high, low);

    // Then
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(millis);
  }

  @Property
  void shouldGiveTheSameIdForTheSamePartsOnly(@ForAll String first, @ForAll String second) {
    assertThat(Uuids.named(first, second)).isEqualTo(Uuids.named(first, second));
    assertThat(Uuids.named(first, second)).isNotEqualTo(Uuids.named(first + second));
    assertThat(Uuids.named(first, second).version()).isEqualTo(8);
    assertThat(Uuids.named(first, second).variant()).isEqualTo(2);
  }

  @Test
  void shouldTellPartsApartWhenTheirTextRunsTogether() {
    assertThat(Uuids.named("a", "bc")).isNotEqualTo(Uuids.named("ab", "c"));
  }

  @Property
  void shouldParseWhatItWrites(@ForAll long high, @ForAll long low) {
    UUID id = new UUID(high, low);
    assertThat(Uuids.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void shouldParseEitherCase() {
    assertThat(Uuids.parse("0190A6E4-0000-7000-8000-00000000ABCD").toString())
        .isEqualTo("0190a6e4-0000-7000-8000-00000000abcd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0190a6e4000070008000000000000000",
        "0190a6e4-0000-7000-8000-00000000000g",
        "0190a6e4-0000-7000-8000-0000000000000",
        "0190a6e4-00000-700-8000-000000000000",
        "+190a6e4-0000-7000-8000-000000000000",
        "0190a6e4-0000-7000-8000-00000000000\u0661"
      })
  void shouldSayWhatWasWrongWhenTheTextIsNoUuid(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Uuids.parse(text))
        .withMessageContaining("\"" + text + "\"");
  }
}
