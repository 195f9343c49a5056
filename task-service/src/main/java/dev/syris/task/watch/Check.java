package dev.syris.task.watch;

import dev.syris.task.alarm.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks for everything that is wrong of one type. */
interface Check {

  /** The type of alarm. */
  String type();

  /** All that is wrong now; empty where that can't be told, and what was found stays as it is. */
  Optional<List<Finding>> look(Instant now);
}
