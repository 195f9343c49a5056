/**
 * Tells the operator what waits for him: written in the transaction it tells of, sent after its
 * commit, at least once. No tool calls: neither the gate nor its limits are asked. See
 * docs/approvals.md.
 */
@NullMarked
package dev.syris.task.notice;

import org.jspecify.annotations.NullMarked;
