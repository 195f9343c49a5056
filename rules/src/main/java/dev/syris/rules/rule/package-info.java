/**
 * A rule: when an event is such, do this. {@link dev.syris.rules.rule.RuleReader} makes one of
 * JSON, or says all that is wrong with it; {@link dev.syris.rules.rule.RuleYaml} makes that JSON of
 * YAML, and says where in the text it is wrong.
 */
@NullMarked
package dev.syris.rules.rule;

import org.jspecify.annotations.NullMarked;
