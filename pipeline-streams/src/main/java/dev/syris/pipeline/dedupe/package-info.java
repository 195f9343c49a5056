/** Drops what was seen in the last 24 hours. */
@NullMarked
package dev.syris.pipeline.dedupe;

import org.jspecify.annotations.NullMarked;
