/** Deterministic intents: a table of phrases, matched by hand without regular expressions. */
@NullMarked
package dev.syris.pipeline.fastpath;

import org.jspecify.annotations.NullMarked;
