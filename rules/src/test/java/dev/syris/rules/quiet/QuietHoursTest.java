package dev.syris.rules.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.rules.problem.Problem;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class QuietHoursTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final QuietHoursReader READER = new QuietHoursReader(ZoneId.of("Europe/Berlin"));
  private static final String NIGHT = "{\"windows\": [{\"start\": \"22:00\", \"end\": \"07:00\"}]}";
  private static final String EARLY = "{\"windows\": [{\"start\": \"01:00\", \"end\": \"02:30\"}]}";

  private static QuietHoursReading read(String json) {
    return READER.read((ObjectNode) JSON.readTree(json));
  }

  private static QuietHours hours(String json) {
    return ((QuietHoursReading.Accepted) read(json)).hours();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T20:59:59Z, false",
    "2026-01-10T21:00:00Z, true",
    "2026-01-10T23:30:00Z, true",
    "2026-01-11T05:59:59Z, true",
    "2026-01-11T06:00:00Z, false"
  })
  void shouldSpanMidnight(Instant at, boolean holds) {
    assertThat(hours(NIGHT).holdAt(at)).isEqualTo(holds);
  }

  /** In Berlin the clock goes from 02:00 to 03:00 on 2026-03-29, at 01:00 UTC. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-28T21:00:00Z, true",
    "2026-03-29T00:59:59Z, true",
    "2026-03-29T04:59:59Z, true",
    "2026-03-29T05:00:00Z, false"
  })
  void shouldEndByTheClockWhenAnHourIsMissing(Instant at, boolean holds) {
    assertThat(hours(NIGHT).holdAt(at)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:00:00Z, true",
    "2026-03-29T00:59:59Z, true",
    "2026-03-29T01:00:00Z, false"
  })
  void shouldEndAtTheGapWhenItsEndIsInIt(Instant at, boolean holds) {
    assertThat(hours(EARLY).holdAt(at)).isEqualTo(holds);
  }

  /** In Berlin the clock goes from 03:00 back to 02:00 on 2026-10-25, at 01:00 UTC. */
  @ParameterizedTest
  @CsvSource({
    "2026-10-24T20:00:00Z, true",
    "2026-10-25T01:30:00Z, true",
    "2026-10-25T05:59:59Z, true",
    "2026-10-25T06:00:00Z, false"
  })
  void shouldHoldThroughTheHourThatComesTwice(Instant at, boolean holds) {
    assertThat(hours(NIGHT).holdAt(at)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-24T23:00:00Z, true",
    "2026-10-25T00:29:59Z, true",
    "2026-10-25T00:30:00Z, false",
    "2026-10-25T01:15:00Z, false"
  })
  void shouldEndAtTheFirstOfTwoWhenItsEndComesTwice(Instant at, boolean holds) {
    assertThat(hours(EARLY).holdAt(at)).isEqualTo(holds);
  }

  @Test
  void shouldHoldInTheZoneTheyName() {
    // Given
    QuietHours sydney =
        hours(NIGHT.replace("{\"windows", "{\"timezone\": \"Australia/Sydney\", \"windows"));
    // Then: 2026-10-03T16:00Z is the southern change to summer time, 02:00 to 03:00
    assertThat(sydney.holdAt(Instant.parse("2026-10-03T19:59:59Z"))).isTrue();
    assertThat(sydney.holdAt(Instant.parse("2026-10-03T20:00:00Z"))).isFalse();
  }

  /**
   * In Sydney the clock goes from 03:00 back to 02:00 on 2026-04-05, at 16:00 UTC the day before.
   */
  @ParameterizedTest
  @CsvSource({
    "2026-04-04T11:59:59Z, false",
    "2026-04-04T12:00:00Z, true",
    "2026-04-04T16:30:00Z, true",
    "2026-04-04T20:59:59Z, true",
    "2026-04-04T21:00:00Z, false"
  })
  void shouldHoldThroughTheHourThatComesTwiceInTheSouth(Instant at, boolean holds) {
    QuietHours sydney =
        hours(
            "{\"timezone\": \"Australia/Sydney\","
                + " \"windows\": [{\"start\": \"23:00\", \"end\": \"07:00\"}]}");
    assertThat(sydney.holdAt(at)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T20:00:00Z, 2026-01-10T21:00:00Z",
    "2026-01-10T21:00:00Z, 2026-01-11T06:00:00Z",
    "2026-03-28T22:00:00Z, 2026-03-29T05:00:00Z",
    "2026-10-24T22:00:00Z, 2026-10-25T06:00:00Z"
  })
  void shouldSayWhenTheyChangeNext(Instant at, Instant change) {
    assertThat(hours(NIGHT).until(at)).contains(change);
  }

  @Test
  void shouldSayThatNothingChangesWhenTheyAlwaysHoldOrNever() {
    // Given
    Instant at = Instant.parse("2026-03-28T22:00:00Z");
    QuietHours always = hours("{\"windows\": [{\"start\": \"00:00\", \"end\": \"24:00\"}]}");
    QuietHours disabled = hours(NIGHT.replace("{\"windows", "{\"enabled\": false, \"windows"));
    // Then
    assertThat(always.until(at)).isEmpty();
    assertThat(disabled.until(at)).isEmpty();
  }

  @Test
  void shouldNotHoldWhenTheyAreDisabled() {
    QuietHours disabled = hours(NIGHT.replace("{\"windows", "{\"enabled\": false, \"windows"));
    assertThat(disabled.holdAt(Instant.parse("2026-01-10T23:30:00Z"))).isFalse();
  }

  @Test
  void shouldWriteOutWhatWasLeftOut() {
    // When
    var accepted = (QuietHoursReading.Accepted) read(NIGHT);
    // Then
    assertThat(accepted.written().toString())
        .isEqualTo(
            "{\"windows\":[{\"start\":\"22:00\",\"end\":\"07:00\","
                + "\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"]}],"
                + "\"enabled\":true,\"timezone\":\"Europe/Berlin\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/windows",
        "{\"windows\":[]}|/windows",
        "{\"windows\":[7]}|/windows/0",
        "{\"windows\":[{\"start\":\"22\",\"end\":\"07:00\"}]}|/windows/0/start",
        "{\"windows\":[{\"start\":\"22:00\",\"end\":\"07:00\",\"timezone\":\"UTC\"}]}|/windows/0/timezone",
        "{\"timezone\":\"Mars\",\"windows\":[{\"start\":\"22:00\",\"end\":\"07:00\"}]}|/timezone",
        "{\"enabled\":1,\"windows\":[{\"start\":\"22:00\",\"end\":\"07:00\"}]}|/enabled",
        "{\"hours\":1,\"windows\":[{\"start\":\"22:00\",\"end\":\"07:00\"}]}|/hours"
      })
  void shouldPointAtWhatIsWrong(String json, String pointer) {
    // When
    QuietHoursReading reading = read(json);
    // Then
    assertThat(reading).isInstanceOf(QuietHoursReading.Rejected.class);
    assertThat(((QuietHoursReading.Rejected) reading).problems())
        .extracting(Problem::pointer)
        .contains(pointer);
  }
}
