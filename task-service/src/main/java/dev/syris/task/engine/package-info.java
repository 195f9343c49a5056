/**
 * The task engine: work of several steps that goes on from where it was, whatever happens. A pure
 * core ({@link dev.syris.task.engine.TaskCore}) decides; the shell claims tasks in batches, starts
 * their calls through the tool runtime, and writes outcome, next state, next call and trail in one
 * transaction. See docs/adr/0009.
 */
@NullMarked
package dev.syris.task.engine;

import org.jspecify.annotations.NullMarked;
