/**
 * Which rules an event meets: {@link dev.syris.rules.match.RuleIndex} asks many rules at once,
 * {@link dev.syris.rules.match.Explanation} tells of one rule what was the first that did not hold.
 */
@NullMarked
package dev.syris.rules.match;

import org.jspecify.annotations.NullMarked;
