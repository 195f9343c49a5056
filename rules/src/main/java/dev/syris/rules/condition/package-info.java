/**
 * Conditions: groups ({@code all}, {@code any}, {@code none}) of comparisons with the fields of a
 * document, of time windows, and of the state of the system.
 *
 * <pre>{@code
 * switch (ConditionReader.read(json)) {
 *   case Accepted(Condition condition, List<Reference> references) ->
 *       condition.holds(document, new Surroundings(at, AutonomyLevel.A2, SystemStatus.HEALTHY));
 *   case Rejected(List<Problem> problems) -> refuse(problems);
 * }
 * }</pre>
 *
 * <p>A field that is null counts as absent, as everywhere on our wire. A condition is a tree of
 * plain records, so that an index over {@link dev.syris.rules.condition.Check.Equal equalities} or
 * an explanation of what did not hold can walk it.
 */
@NullMarked
package dev.syris.rules.condition;

import org.jspecify.annotations.NullMarked;
