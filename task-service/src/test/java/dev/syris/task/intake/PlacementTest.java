package dev.syris.task.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

  @ParameterizedTest
  @CsvSource({
    // recorded, committed, begin, end -> offset, alarm
    ",,0,0,0,false", // a fresh install
    ",,0,7,0,false", // what came before the first start
    ",,3,7,3,true", // some of it expired
    "5,5,0,7,5,false",
    "5,3,0,7,5,false", // rows were written, the group's offset was not
    "5,,0,7,5,false", // the group lost its offset; nothing is lost
    ",5,0,7,5,true", // a new database: what was read is not read again
    "2,2,4,7,4,true", // expired
    "9,9,0,7,0,true", // the topic was cut or made anew
    ",9,0,7,0,true",
    ",2,4,7,4,true"
  })
  void shouldNeverLoseAnOffsetSilently(
      Long recorded, Long committed, long begin, long end, long expected, boolean alarm) {
    // When
    Placement placement = Placement.of(recorded, committed, begin, end);
    // Then
    assertThat(placement.offset()).isEqualTo(expected);
    assertThat(placement.alarm() != null).isEqualTo(alarm);
  }
}
