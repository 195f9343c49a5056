package dev.syris.task.schedule;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schedule as the operator wrote it, with every default filled in.
 *
 * @param payload what its events say: {text?, structured?}
 * @param quietHours in which it is not run; null where it always is
 */
record Plan(
    String name,
    boolean enabled,
    ScheduleSpec when,
    ObjectNode payload,
    CatchUp catchUp,
    Overlap overlap,
    @Nullable String quietHours) {}
