/** The clock, the ids made from it, and the wake-up of loops; nothing else reads the wall clock. */
@NullMarked
package dev.syris.platform.time;

import org.jspecify.annotations.NullMarked;
