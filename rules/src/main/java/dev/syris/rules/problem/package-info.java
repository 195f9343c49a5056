/**
 * How the rule language says no: a list of {@link dev.syris.rules.problem.Problem}s that point at
 * their places.
 */
@NullMarked
package dev.syris.rules.problem;

import org.jspecify.annotations.NullMarked;
