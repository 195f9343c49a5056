/** The clock and the ids made from it; nothing else reads the wall clock. */
@NullMarked
package dev.syris.platform.time;

import org.jspecify.annotations.NullMarked;
