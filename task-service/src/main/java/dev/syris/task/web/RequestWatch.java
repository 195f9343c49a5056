package dev.syris.task.web;

import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.TraceId;

/** Looks at what callers send; what is asked for goes on as it is. Thread-safe. */
@FunctionalInterface
public interface RequestWatch {

  /** Looks at nothing. */
  RequestWatch NONE = (_, _, _) -> {};

  /**
   * Somebody asked for something. Never throws.
   *
   * @param refs name what comes of it; the same for the same request
   */
  void asked(byte[] body, TraceId trace, Refs refs);
}
