package dev.syris.gateway.stream;

import java.time.Duration;

/** Tells when the trail has grown. A hint: whoever waits also looks by itself now and then. */
public interface Growth {

  /**
   * Waits until there is a row behind a sequence, or for the time given; the newest sequence known.
   */
  long awaitBeyond(long sequence, Duration atMost) throws InterruptedException;
}
