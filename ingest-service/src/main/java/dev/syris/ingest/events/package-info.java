/** {@code POST /events}: raw events as the producer wrote them. */
@NullMarked
package dev.syris.ingest.events;

import org.jspecify.annotations.NullMarked;
