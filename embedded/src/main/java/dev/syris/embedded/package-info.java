/**
 * A real Kafka broker in this JVM and a real PostgreSQL beside it, each in a folder of its own, for
 * a machine that has neither. Nothing in here is for tests only: both write to disk before they say
 * yes.
 */
@NullMarked
package dev.syris.embedded;

import org.jspecify.annotations.NullMarked;
