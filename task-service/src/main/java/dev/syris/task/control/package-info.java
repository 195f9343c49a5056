/** How much may be done without asking, and whether anything is started: set by the operator. */
@NullMarked
package dev.syris.task.control;

import org.jspecify.annotations.NullMarked;
