/**
 * Task engines side by side: one-step tasks that do nothing, on one PostgreSQL, in one run. An
 * engine takes part as a {@link dev.syris.benchmarks.task.TaskEngineUnderTest}.
 */
@NullMarked
package dev.syris.benchmarks.task;

import org.jspecify.annotations.NullMarked;
