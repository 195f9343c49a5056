/** What goes in and out of the topology's steps: source records, outputs, dead letters. */
@NullMarked
package dev.syris.pipeline.flow;

import org.jspecify.annotations.NullMarked;
