package dev.syris.gateway.access;

import dev.syris.platform.assertion.Caller;

/** Tells who presents a secret. */
public interface Authenticator {

  /** What a secret turns out to be. */
  sealed interface Verdict {
    /** A token in force. */
    record Known(Caller caller) implements Verdict {}

    /** None of ours, or one that was taken back. */
    record Unknown() implements Verdict {}

    /** One of ours whose time is over. */
    record Expired() implements Verdict {}

    /** The tokens could not be read for so long that nobody can say. */
    record Unsure() implements Verdict {}
  }

  Verdict verify(String secret);
}
