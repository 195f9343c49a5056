/** What is to be done about an event: filters, fast path, decision, tool call. */
@NullMarked
package dev.syris.pipeline.route;

import org.jspecify.annotations.NullMarked;
