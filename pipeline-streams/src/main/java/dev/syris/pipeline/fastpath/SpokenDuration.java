package dev.syris.pipeline.fastpath;

/** What became of words that should be a length of time. */
sealed interface SpokenDuration {

  /** The longest a timer may wait, in seconds: 365 days. */
  long MAX_SECONDS = 365L * 24 * 60 * 60;

  /** They are one, between one second and {@link #MAX_SECONDS}. */
  record Exactly(long seconds) implements SpokenDuration {}

  /** They are one, but not one anybody means. */
  record Absurd(String why) implements SpokenDuration {}

  /** They are none. */
  record NoDuration() implements SpokenDuration {}

  SpokenDuration NONE = new NoDuration();
}
