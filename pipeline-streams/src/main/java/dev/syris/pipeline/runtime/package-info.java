/** Runs the topology: Kafka Streams' settings, life cycle, error handlers and health. */
@NullMarked
package dev.syris.pipeline.runtime;

import org.jspecify.annotations.NullMarked;
