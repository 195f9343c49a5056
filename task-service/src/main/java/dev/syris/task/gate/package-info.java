/** Whether a call that is known and in scope may be made now. Pure. */
@NullMarked
package dev.syris.task.gate;

import org.jspecify.annotations.NullMarked;
