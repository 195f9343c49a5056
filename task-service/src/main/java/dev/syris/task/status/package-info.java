/**
 * How the system fares as a whole, as rules and steps see it: degraded while there is an unresolved
 * alarm that is an error or critical.
 */
@NullMarked
package dev.syris.task.status;

import org.jspecify.annotations.NullMarked;
