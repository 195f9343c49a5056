/** Asks somebody before a call is made, and holds him to exactly that call, once. */
@NullMarked
package dev.syris.task.approval;

import org.jspecify.annotations.NullMarked;
