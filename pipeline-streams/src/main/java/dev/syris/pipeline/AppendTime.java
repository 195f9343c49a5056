package dev.syris.pipeline;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The append time of a record, within what a timestamp on the wire can say. Never throws and never
 * gives a negative time: Streams drops such records without a word.
 */
final class AppendTime implements TimestampExtractor {

  /** The last millisecond of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    long known = record.timestamp() < 0 ? partitionTime : record.timestamp();
    return Math.clamp(known, 0, LATEST);
  }
}
