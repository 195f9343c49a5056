package dev.syris.contracts.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Times as RFC 3339: written in UTC with exactly three digits of a second, read with any offset.
 * The form we write is written and read by hand, because every record has several; all else goes
 * the long way.
 */
public final class InstantCodec {

  private static final DateTimeFormatter WIRE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final byte[] TEMPLATE =
      "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final int NANOS_PER_MILLI = 1_000_000;

  private InstantCodec() {}

  public static String format(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < FIRST_SECOND || second > LAST_SECOND) {
      return WIRE.format(instant);
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, instant.getNano(), ZoneOffset.UTC);
    byte[] text = TEMPLATE.clone();
    digits(text, 0, 4, time.getYear());
    digits(text, 5, 2, time.getMonthValue());
    digits(text, 8, 2, time.getDayOfMonth());
    digits(text, 11, 2, time.getHour());
    digits(text, 14, 2, time.getMinute());
    digits(text, 17, 2, time.getSecond());
    digits(text, 20, 3, time.getNano() / NANOS_PER_MILLI);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int at, int count, int value) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Reads RFC 3339, with any offset; years 0001 to 9999, which is what it can say and what the
   * database can keep.
   *
   * @throws DateTimeException where the text is none
   */
  public static Instant parse(String text) {
    Instant ours = parseOurs(text);
    return ours == null ? parseAny(text) : ours;
  }

  /** The form we write; null for any other, and for what is no time at all. */
  private static @Nullable Instant parseOurs(String text) {
    if (text.length() != TEMPLATE.length) {
      return null;
    }
    for (int i = 0; i < TEMPLATE.length; i++) {
      char c = text.charAt(i);
      boolean fits = TEMPLATE[i] == '0' ? c >= '0' && c <= '9' : c == TEMPLATE[i];
      if (!fits) {
        return null;
      }
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int second = number(text, 11, 2) * 3600 + number(text, 14, 2) * 60 + number(text, 17, 2);
    boolean clock =
        number(text, 11, 2) < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
    if (year < 1
        || month < 1
        || month > 12
        || day < 1
        || day > YearMonth.of(year, month).lengthOfMonth()
        || !clock) {
      return null;
    }
    long epochDay = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(
        epochDay * 86_400 + second, (long) number(text, 20, 3) * NANOS_PER_MILLI);
  }

  private static int number(String text, int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static Instant parseAny(String text) {
    Instant instant =
        OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 1 || year > 9999) {
      throw new DateTimeException("year " + year + " is outside 0001 to 9999");
    }
    return instant;
  }

  static final class Writer extends StdSerializer<Instant> {
    Writer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(format(value));
    }
  }

  static final class Reader extends StdDeserializer<Instant> {
    Reader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getValueAsString("");
      try {
        return parse(text);
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(
                Instant.class, text, "not an RFC 3339 time such as 2026-01-31T08:00:00.000Z");
      }
    }
  }
}
