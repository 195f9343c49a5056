package dev.syris.pipeline.fastpath;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** What became of words that should be a time of day. */
sealed interface SpokenTime {

  /**
   * They are one.
   *
   * @param day the day they name, as they name it; none where the next such time is meant
   */
  record At(LocalTime time, @Nullable String day) implements SpokenTime {}

  /** They have the form of one, but no clock shows it. */
  record Absurd(String why) implements SpokenTime {}

  /** They are none. */
  record NoTime() implements SpokenTime {}

  SpokenTime NONE = new NoTime();
}
