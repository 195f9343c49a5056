/**
 * The rule language. Everything here is pure: documents, times and the state of the system come in
 * as arguments, rejections go out as values, and nothing is ever evaluated but what is listed here.
 *
 * <ul>
 *   <li>{@link dev.syris.rules.condition.ConditionReader#read ConditionReader.read(json)} gives a
 *       {@link dev.syris.rules.condition.Condition}, which {@code holds} or does not for a document
 *       and its {@link dev.syris.rules.condition.Surroundings}; or all that is wrong with it.
 *   <li>{@link dev.syris.rules.template.Template#parse Template.parse(json)} gives a {@link
 *       dev.syris.rules.template.Template}: JSON with <code>${path}</code> in its strings, which is
 *       rendered against a document; or all that is wrong with it.
 *   <li>{@link dev.syris.rules.rule.RuleReader RuleReader} gives a {@link
 *       dev.syris.rules.rule.Rule}, {@link dev.syris.rules.match.RuleIndex RuleIndex} finds those
 *       an event meets, {@link dev.syris.rules.suppress.Suppression Suppression} decides whether
 *       they fire, and {@link dev.syris.rules.replay.RuleReplay RuleReplay} does all of it for the
 *       past.
 *   <li>Conditions and templates tell what they refer to as {@link
 *       dev.syris.rules.path.Reference}s, so that a caller who knows which paths there can be
 *       refuses the others before anything runs.
 * </ul>
 */
@NullMarked
package dev.syris.rules;

import org.jspecify.annotations.NullMarked;
