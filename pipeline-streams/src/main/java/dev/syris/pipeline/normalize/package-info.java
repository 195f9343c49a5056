/** From a raw event to the one canonical event. */
@NullMarked
package dev.syris.pipeline.normalize;

import org.jspecify.annotations.NullMarked;
