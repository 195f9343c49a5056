package dev.syris.contracts.control;

/**
 * How much may be done without asking; declared from suggest to full, so that the order is the
 * meaning. The name is the name on the wire.
 */
public enum AutonomyLevel {
  /** Suggest. */
  A0,
  /** Confirm. */
  A1,
  /** Scoped. */
  A2,
  /** High. */
  A3,
  /** Full. */
  A4
}
