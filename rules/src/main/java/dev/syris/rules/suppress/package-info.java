/**
 * What becomes of a match: {@link dev.syris.rules.suppress.Suppression} decides whether the rule
 * fires or what holds it back, and what is remembered of it. Time is an argument, always the append
 * time of the event; nothing here reads a clock, so that a topology, a replay and a test give the
 * same decisions.
 *
 * <p>This is the place of what is to come. A hold ({@code for}), an absence, an edge and a mode
 * each need state under (rule, key) and, but for edges, a time at which to look again: the state
 * goes into {@link dev.syris.rules.suppress.KeyHistory} behind a new version byte, the time is a
 * deadline. Whoever keeps the state already keeps it ordered by the time it ends, wakes by the wall
 * clock, writes {@code deadline-due {rule, key, arming id, due_at}} in line with the matches of the
 * rule, and settles it on reading that, at {@code due_at}: a decision like those here, with another
 * cause. Modes answer {@link dev.syris.rules.suppress.Reason#MODE}.
 */
@NullMarked
package dev.syris.rules.suppress;

import org.jspecify.annotations.NullMarked;
