/** How stimuli of a declared connector come in. */
@NullMarked
package dev.syris.ingest.adapter;

import org.jspecify.annotations.NullMarked;
