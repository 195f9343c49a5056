/** The operator's own addresses: what goes to them, and the notify tool. See docs/approvals.md. */
@NullMarked
package dev.syris.task.notify;

import org.jspecify.annotations.NullMarked;
