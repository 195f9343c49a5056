package dev.syris.platform.crash;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One place, and how often it is still to be passed. Thread-safe. */
final class Armed {

  private static final Pattern FORM = Pattern.compile("([a-z.-]+):([1-9]\\d{0,8})");

  private final String point;
  private final AtomicInteger left;

  private Armed(String point, int times) {
    this.point = point;
    this.left = new AtomicInteger(times);
  }

  /**
   * Reads {@code point:n}.
   *
   * @throws IllegalArgumentException where it is something else
   */
  static @Nullable Armed read(@Nullable String property) {
    if (property == null) {
      return null;
    }
    Matcher form = FORM.matcher(property);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "syris.test.halt-at is \"%s\"; it must look like claim.after-commit:3"
              .formatted(property));
    }
    return new Armed(form.group(1), Integer.parseInt(form.group(2)));
  }

  /** True the n-th time that this is the place. */
  boolean isHit(String reached) {
    return reached.equals(point) && left.decrementAndGet() == 0;
  }
}
