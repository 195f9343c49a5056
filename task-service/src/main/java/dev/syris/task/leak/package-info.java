/**
 * Looks for secrets in clear where none may be: in what tools answer, in events, in what callers
 * ask for. Answers are masked; every find is an alarm. See docs/secrets.md.
 */
@NullMarked
package dev.syris.task.leak;

import org.jspecify.annotations.NullMarked;
