/**
 * What somebody should look at: a row for each, at most one unresolved for a dedupe key, and no
 * process behind it. See docs/adr/0012 and docs/alarms.md.
 */
@NullMarked
package dev.syris.task.alarm;

import org.jspecify.annotations.NullMarked;
