package dev.syris.contracts.id;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the {@code traceparent} header of W3C Trace Context, version 00. */
public final class TraceParent {

  public static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

  private TraceParent() {}

  /**
   * The trace id of a header, or nothing where the header is malformed; the standard says to start
   * anew then.
   */
  public static Optional<TraceId> parse(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long high = Long.parseUnsignedLong(matcher.group(1), 0, 16, 16);
    long low = Long.parseUnsignedLong(matcher.group(1), 16, 32, 16);
    boolean zero = (high == 0 && low == 0) || matcher.group(2).equals("0000000000000000");
    return zero ? Optional.empty() : Optional.of(new TraceId(new UUID(high, low)));
  }

  /**
   * The header for a trace; the parent id is the half of {@code span} that is random in every id we
   * make.
   */
  public static String format(TraceId trace, UUID span) {
    long parent = span.getLeastSignificantBits();
    HexFormat hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(trace.value().getMostSignificantBits())
        + hex.toHexDigits(trace.value().getLeastSignificantBits())
        + "-"
        + hex.toHexDigits(parent == 0 ? 1 : parent)
        + "-01";
  }
}
