/**
 * Timers: set in the transaction of their call, fired as an event in the transaction that marks
 * them fired.
 */
@NullMarked
package dev.syris.task.timer;

import org.jspecify.annotations.NullMarked;
