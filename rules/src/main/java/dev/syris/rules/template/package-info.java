/**
 * Templates: JSON whose strings may refer to a document with <code>${path}</code>. Nothing is
 * evaluated; a reference is looked up, and what it finds is never looked at again.
 *
 * <pre>{@code
 * switch (Template.parse(json)) {
 *   case Accepted(Template template) -> {
 *     template.references();                             // refuse what can never be found
 *     switch (template.render(document, 1 << 20)) {
 *       case Rendered(JsonNode value) -> call(value);
 *       case Failed(List<Problem> problems) -> fail(problems);
 *     }
 *   }
 *   case Rejected(List<Problem> problems) -> refuse(problems);
 * }
 * }</pre>
 *
 * <ul>
 *   <li>A string that is one reference and nothing else becomes what it finds, with its type.
 *   <li>In a longer text a string goes in as it is, a number and a boolean as JSON writes them,
 *       lists and objects as compact JSON; null has no text and is a problem.
 *   <li>A reference that finds nothing is a problem, never an empty string.
 *   <li><code>$${</code> writes <code>${</code>: before a brace, two dollars stand for one. Dollars
 *       elsewhere stand for themselves.
 *   <li>Names of members are never touched.
 * </ul>
 */
@NullMarked
package dev.syris.rules.template;

import org.jspecify.annotations.NullMarked;
