/** From the public inbox to the raw events: validation, ids, ordering key. */
@NullMarked
package dev.syris.pipeline.admit;

import org.jspecify.annotations.NullMarked;
