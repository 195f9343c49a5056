package dev.syris.pipeline.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.Locality;
import java.time.LocalTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.node.ObjectNode;

class TimeOfDayLawsTest {

  private static final FastPath FAST_PATH = FastPath.standard();
  private static final Locality CONTEXT = new Locality("Europe/Berlin", null, null);
  private static final List<String> ONES =
      List.of(
          ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                  + " fifteen sixteen seventeen eighteen nineteen")
              .split(" "));
  private static final List<String> TENS = List.of("twenty", "thirty", "forty", "fifty");

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void readsBackEveryTimeInEveryStyle(
      @ForAll @IntRange(max = 23) int hour,
      @ForAll @IntRange(max = 59) int minute,
      @ForAll Style style) {
    String text = style.write(hour, minute);

    SpokenTime read = TimeOfDayParser.parse(Token.split(text).orElseThrow());

    assertThat(read).as(text).isEqualTo(new SpokenTime.At(LocalTime.of(hour, minute), null));
  }

  @Property
  void setsTheAlarmThatWasSaid(
      @ForAll @IntRange(max = 23) int hour,
      @ForAll @IntRange(max = 59) int minute,
      @ForAll Style style,
      @ForAll("forms") String form) {
    String text = form.formatted(style.write(hour, minute));

    FastMatch match = FAST_PATH.match(text, CONTEXT);

    assertThat(match).as(text).isInstanceOf(FastMatch.Matched.class);
    ObjectNode args = ((FastMatch.Matched) match).args();
    assertThat(args.get("time").asString()).as(text).isEqualTo("%02d:%02d".formatted(hour, minute));
    assertThat(args.get("timezone").asString()).isEqualTo("Europe/Berlin");
    assertThat(args.has("date")).as(text).isEqualTo(text.contains("tomorrow"));
    assertThat(args.has("label")).as(text).isEqualTo(text.contains("bread"));
  }

  @Property
  void setsNoAlarmForATimeNoClockShows(
      @ForAll @IntRange(max = 99) int hour,
      @ForAll @IntRange(min = 60, max = 99) int minute,
      @ForAll("forms") String form) {
    assertThat(FAST_PATH.match(form.formatted(hour + ":" + minute), CONTEXT))
        .isInstanceOf(FastMatch.NearMiss.class);
    assertThat(FAST_PATH.match(form.formatted(minute + ":" + "%02d".formatted(hour)), CONTEXT))
        .isInstanceOf(FastMatch.NearMiss.class);
  }

  @Provide
  Arbitrary<String> forms() {
    return Arbitraries.of(
        "wake me at %s",
        "Wake me up at %s.",
        "wake me tomorrow at %s",
        "wake me at %s tomorrow",
        "wake me at %s to bake bread",
        "set an alarm for %s",
        "Set my alarm at %s, please",
        "set an alarm for tomorrow at %s to take the bread out",
        "set an alarm called bread for %s",
        "alarm at %s",
        "alarm for %s called bread");
  }

  enum Style {
    PLAIN,
    PADDED,
    BLANK,
    TWELVE,
    TWELVE_TIGHT,
    TWELVE_DOTTED,
    WORDS,
    WORDS_TWELVE,
    PAST,
    TO;

    String write(int hour, int minute) {
      return switch (this) {
        case PLAIN -> minute == 0 ? "" + hour : "%d:%02d".formatted(hour, minute);
        case PADDED -> "%02d:%02d".formatted(hour, minute);
        case BLANK -> "%d %02d".formatted(hour, minute);
        case TWELVE -> "%d:%02d %s".formatted(twelve(hour), minute, half(hour));
        case TWELVE_TIGHT -> "%d:%02d%s".formatted(twelve(hour), minute, half(hour));
        case TWELVE_DOTTED -> "%d:%02d %c.m.".formatted(twelve(hour), minute, half(hour).charAt(0));
        case WORDS -> spoken(hour, minute);
        case WORDS_TWELVE -> spoken(twelve(hour), minute) + " " + half(hour);
        case PAST -> offset(minute, "past", hour);
        case TO -> offset((60 - minute) % 60, "to", minute == 0 ? hour : (hour + 1) % 24);
      };
    }

    private static String offset(int minutes, String side, int hour) {
      return switch (minutes) {
        case 0 -> named(hour);
        case 15 -> "quarter %s %s".formatted(side, named(hour));
        default -> "%s minutes %s %s".formatted(words(minutes), side, named(hour));
      };
    }

    private static String named(int hour) {
      return switch (hour) {
        case 0 -> "midnight";
        case 12 -> "noon";
        default -> words(hour);
      };
    }

    private static String spoken(int hour, int minute) {
      if (minute == 0) {
        return words(hour) + " o'clock";
      }
      return words(hour) + (minute < 10 ? " oh " : " ") + words(minute);
    }

    private static String words(int number) {
      if (number < 20) {
        return ONES.get(number);
      }
      String tens = TENS.get(number / 10 - 2);
      return number % 10 == 0 ? tens : tens + "-" + ONES.get(number % 10);
    }

    private static int twelve(int hour) {
      return hour % 12 == 0 ? 12 : hour % 12;
    }

    private static String half(int hour) {
      return hour < 12 ? "am" : "pm";
    }
  }
}
