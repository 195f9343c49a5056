/**
 * Watchers: each looks at something at its interval, remembers in Postgres, and says what it saw as
 * events and alarms. Adding one is a class and a block of configuration: docs/watchers.md.
 */
@NullMarked
package dev.syris.task.watch;

import org.jspecify.annotations.NullMarked;
