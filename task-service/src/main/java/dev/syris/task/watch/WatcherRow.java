package dev.syris.task.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A watcher whose turn it is.
 *
 * @param claim of this turn; refuses what an earlier one still has to say
 */
record WatcherRow(
    String id,
    long claim,
    Instant enabledAt,
    long consecutiveErrors,
    @Nullable Instant lastEventAt,
    ObjectNode state) {}
