package dev.syris.task.gate;

/** How much may be done without asking; the same for everything until it can be set. */
public enum Autonomy {
  A2;

  /** The level that holds where nobody set another. */
  public static final Autonomy DEFAULT = A2;
}
