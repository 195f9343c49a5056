/**
 * The same answer to the same command for a day, where the caller sent an Idempotency-Key. Those
 * that start tasks and calls know their repeats by themselves.
 */
@NullMarked
package dev.syris.task.idempotency;

import org.jspecify.annotations.NullMarked;
