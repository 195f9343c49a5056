/** What the operator has laid down: risks, rules, windows and limits, read from one file. */
@NullMarked
package dev.syris.task.policy;

import org.jspecify.annotations.NullMarked;
