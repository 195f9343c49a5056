package dev.syris.pipeline.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.Locality;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class FastPathLawsTest {

  private static final FastPath FAST_PATH = FastPath.standard();
  private static final String WORDS =
      "set a timer for 10 minutes remind me in to half an hour and quarter of 1h30m"
          + " please noop status 0 . called ½ wake alarm at 7 7:15 pm past tomorrow noon o'clock";
  private static final List<String> UNITS = List.of("day", "hour", "minute", "second");

  @Property
  void readsBackEveryDurationInEveryStyle(
      @ForAll @LongRange(min = 1, max = SpokenDuration.MAX_SECONDS) long seconds,
      @ForAll("styles") Style style) {
    String text = style.write(seconds);

    SpokenDuration read = DurationParser.parse(Token.split(text).orElseThrow());

    assertThat(read).as(text).isEqualTo(new SpokenDuration.Exactly(seconds));
  }

  @Property
  void findsTheTimerInAnyCaseAndWithAnyBlanks(
      @ForAll @LongRange(min = 1, max = 100_000) long seconds,
      @ForAll("blanks") String blank,
      @ForAll boolean upper) {
    String text = "Set a Timer for " + seconds + " seconds.";
    String sent = (upper ? text.toUpperCase(Locale.ROOT) : text).replace(" ", blank);

    FastMatch match = FAST_PATH.match(sent, Locality.UNKNOWN);

    assertThat(match).isInstanceOf(FastMatch.Matched.class);
    assertThat(((FastMatch.Matched) match).args().get("seconds").asLong()).isEqualTo(seconds);
  }

  @Property
  void neverThrowsOnAnyText(@ForAll @StringLength(max = 600) String text) {
    assertThat(FAST_PATH.match(text, Locality.UNKNOWN)).isNotNull();
  }

  @Property
  void neverThrowsOnAnyMixOfItsOwnWords(@ForAll("mixes") String text) {
    assertThat(FAST_PATH.match(text, Locality.UNKNOWN)).isNotNull();
  }

  @Provide
  Arbitrary<Style> styles() {
    return Arbitraries.of(Style.values());
  }

  @Provide
  Arbitrary<String> blanks() {
    return Arbitraries.of(" ", "\t", "\u00a0", "\u2003", "\u202f", "\u3000", "  ", " \n ");
  }

  @Provide
  Arbitrary<String> mixes() {
    return Arbitraries.of(WORDS.split(" "))
        .list()
        .ofMaxSize(90)
        .map(words -> String.join(" ", words));
  }

  enum Style {
    SHORT,
    WORDS,
    WORDS_WITH_AND;

    String write(long seconds) {
      Duration duration = Duration.ofSeconds(seconds);
      long[] amounts = {
        duration.toDaysPart(),
        duration.toHoursPart(),
        duration.toMinutesPart(),
        duration.toSecondsPart()
      };
      var text = new StringBuilder();
      for (int i = 0; i < amounts.length; i++) {
        if (amounts[i] > 0) {
          text.append(text.isEmpty() ? "" : separator()).append(part(amounts[i], UNITS.get(i)));
        }
      }
      return text.toString();
    }

    private String separator() {
      return switch (this) {
        case SHORT -> "";
        case WORDS -> " ";
        case WORDS_WITH_AND -> " and ";
      };
    }

    private String part(long amount, String unit) {
      return this == SHORT
          ? amount + unit.substring(0, 1)
          : amount + " " + unit + (amount == 1 ? "" : "s");
    }
  }
}
