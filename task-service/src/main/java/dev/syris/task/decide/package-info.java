/**
 * The page behind the link of a notice, on which an approval is answered. See docs/approvals.md.
 */
@NullMarked
package dev.syris.task.decide;

import org.jspecify.annotations.NullMarked;
