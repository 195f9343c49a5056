package dev.syris.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantCodecTest {

  private static final DateTimeFormatter REFERENCE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Property
  void shouldWriteAsTheFormatterDoesAndReadItBack(
      @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long millis,
      @ForAll @IntRange(max = 999_999) int nanos) {
    // Given
    Instant instant = Instant.ofEpochMilli(millis).plusNanos(nanos);

    // When
    String text = InstantCodec.format(instant);

    // Then
    assertThat(text).isEqualTo(REFERENCE.format(instant));
    assertThat(InstantCodec.parse(text)).isEqualTo(Instant.ofEpochMilli(millis));
  }

  @Property
  void shouldTakeEveryDigitForWhatTheStandardSaysOfIt(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 13) int month,
      @ForAll @IntRange(max = 32) int day,
      @ForAll @IntRange(max = 25) int hour,
      @ForAll @IntRange(max = 61) int second) {
    // Given
    String text = "%04d-%02d-%02dT%02d:59:%02d.500Z".formatted(year, month, day, hour, second);
    Instant expected;
    try {
      expected = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      expected = null;
    }

    // When / Then
    if (expected == null || year == 0) {
      assertThatThrownBy(() -> InstantCodec.parse(text)).isInstanceOf(DateTimeException.class);
    } else {
      assertThat(InstantCodec.parse(text)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-28T08:00:00Z, 2026-02-28T08:00:00Z",
    "2024-02-29T08:00:00.000Z, 2024-02-29T08:00:00Z",
    "2026-02-28T09:00:00.123+01:00, 2026-02-28T08:00:00.123Z",
    "2026-02-28T08:00:00.123456Z, 2026-02-28T08:00:00.123456Z",
  })
  void shouldReadAnyOffsetAndPrecision(String text, Instant expected) {
    assertThat(InstantCodec.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-29T08:00:00.000Z",
        "2026-02-28T08:00:00.000",
        "2026-02-28 08:00:00.000Z",
        "2026-02-28T08:00:00.00\u0661Z",
        "+2026-02-28T08:00:00.00Z"
      })
  void shouldRefuseWhatIsNoTime(String text) {
    assertThatThrownBy(() -> InstantCodec.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void shouldWriteTheLongWayWhenTheYearHasMoreDigits() {
    assertThat(InstantCodec.format(Instant.parse("+12345-01-01T00:00:00Z")))
        .isEqualTo("+12345-01-01T00:00:00.000Z");
  }
}
