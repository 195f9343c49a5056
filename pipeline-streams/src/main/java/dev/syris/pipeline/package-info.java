/**
 * The one Kafka Streams topology, from raw event to decision and tool call, and the service that
 * runs it.
 */
@NullMarked
package dev.syris.pipeline;

import org.jspecify.annotations.NullMarked;
