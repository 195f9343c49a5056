/** From the topic of tool calls into rows: inserted once, dead-lettered if no call, never lost. */
@NullMarked
package dev.syris.task.intake;

import org.jspecify.annotations.NullMarked;
