package dev.syris.platform.crash;

import org.jspecify.annotations.Nullable;

/**
 * Places before and after what must not be done twice or get lost. Started with {@code
 * -Dsyris.test.halt-at=claim.after-commit:3}, the process ends without a goodbye the third time it
 * comes to that place. A test aid: only who starts the JVM can ask for it, and without the property
 * a place costs nothing. Thread-safe.
 */
public final class CrashPoint {

  /**
   * Exit status of a process that was ended here, so that a test can tell it from any other end.
   */
  public static final int STATUS = 86;

  private static final String PROPERTY = "syris.test.halt-at";
  private static final @Nullable Armed ARMED = Armed.read(System.getProperty(PROPERTY));

  private CrashPoint() {}

  /** The process is at the place of that name. */
  public static void reach(String point) {
    if (ARMED != null && ARMED.isHit(point)) {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
