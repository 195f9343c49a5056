/** Quiet hours by name, kept by the operator; the policy says what they are for. */
@NullMarked
package dev.syris.task.quiet;

import org.jspecify.annotations.NullMarked;
