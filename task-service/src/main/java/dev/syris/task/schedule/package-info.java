/**
 * Schedules: what is to be said at which times. A firing is a raw event, written in the transaction
 * that moves the schedule on. Timers and wake-up alarms are schedules, too. See docs/schedules.md
 * and docs/adr/0011.
 */
@NullMarked
package dev.syris.task.schedule;

import org.jspecify.annotations.NullMarked;
