package dev.syris.gateway.ledger.sink;

import java.util.Map;

/**
 * What the broker says of a topic.
 *
 * @param ranges by partition
 */
record TopicState(String topicId, Map<Integer, Range> ranges) {

  /** Offsets from {@code earliest} to just before {@code end}. */
  record Range(long earliest, long end) {}
}
