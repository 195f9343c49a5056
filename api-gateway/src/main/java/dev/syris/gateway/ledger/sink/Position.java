package dev.syris.gateway.ledger.sink;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition has been read.
 *
 * @param topicId of the topic it was read from; one of the same name made anew has another
 * @param leaderEpoch of the last record read, where known
 */
record Position(
    TopicPartition partition, String topicId, long nextOffset, @Nullable Integer leaderEpoch) {}
