/** The rules and settings there are, kept up to date from their compacted topics. */
@NullMarked
package dev.syris.pipeline.control;

import org.jspecify.annotations.NullMarked;
