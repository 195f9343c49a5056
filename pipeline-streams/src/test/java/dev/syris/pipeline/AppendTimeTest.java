package dev.syris.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AppendTimeTest {

  private final AppendTime extractor = new AppendTime();

  @Test
  void shouldTakeTheRecordsTime() {
    assertThat(extractor.extract(at(1000), 7)).isEqualTo(1000);
  }

  @Test
  void shouldTakeThePartitionsTimeWhenTheRecordHasNone() {
    assertThat(extractor.extract(at(-1), 7)).isEqualTo(7);
    assertThat(extractor.extract(at(-1), -1)).isZero();
  }

  @Test
  void shouldStayWithinTheYearsTheWireCanSay() {
    assertThat(java.time.Instant.ofEpochMilli(extractor.extract(at(Long.MAX_VALUE), 0)))
        .isEqualTo("9999-12-31T23:59:59.999Z");
  }

  private static ConsumerRecord<Object, Object> at(long timestamp) {
    return new ConsumerRecord<>(
        "t",
        0,
        0,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        null,
        new RecordHeaders(),
        java.util.Optional.empty());
  }
}
