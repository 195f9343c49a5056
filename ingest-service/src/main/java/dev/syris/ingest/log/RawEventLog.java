package dev.syris.ingest.log;

import java.util.List;

/** Where raw events are written. All of a list are in it, or none. */
public interface RawEventLog {

  /**
   * Returns when the broker has answered, or has had time enough to. Never throws for what the
   * broker does.
   */
  WriteResult append(List<StampedEvent> events);
}
