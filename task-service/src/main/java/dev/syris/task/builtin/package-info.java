/** The tools that are always there, but the timer. */
@NullMarked
package dev.syris.task.builtin;

import org.jspecify.annotations.NullMarked;
