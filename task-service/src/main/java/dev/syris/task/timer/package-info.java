/** Timers, alarm clocks, and what is coming: tools over schedules. */
@NullMarked
package dev.syris.task.timer;

import org.jspecify.annotations.NullMarked;
