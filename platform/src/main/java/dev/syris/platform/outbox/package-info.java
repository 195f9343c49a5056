/**
 * Postgres to Kafka, at least once with stable ids: one row a transaction, relayed in order by one
 * fenced leader.
 */
@NullMarked
package dev.syris.platform.outbox;

import org.jspecify.annotations.NullMarked;
