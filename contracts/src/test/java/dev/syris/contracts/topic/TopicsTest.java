package dev.syris.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void shouldNameEachTopicOnceAndLetTheBrokerStampEachRecord() {
    assertThat(Topics.ALL)
        .extracting(Topic::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("syris."));
    assertThat(Topics.ALL)
        .allSatisfy(
            topic ->
                assertThat(topic.configuration())
                    .containsEntry("message.timestamp.type", "LogAppendTime"));
  }

  @Test
  void shouldKeepTheAuditTrailInOneOrder() {
    assertThat(Topics.AUDIT_EVENT.partitions()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheLastOfEachRuleAndSetting() {
    assertThat(Topics.CONTROL_RULE.configuration())
        .containsEntry("cleanup.policy", "compact")
        .doesNotContainKey("retention.ms");
    assertThat(Topics.CONTROL_SETTING.configuration()).containsEntry("cleanup.policy", "compact");
  }

  @Test
  void shouldSayWhichTopicWhenARecordIsNoneOfItsKind() {
    var bytes = "{\"event_id\":7}".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () -> Topics.EVENT.valueSerde().deserializer().deserialize(Topics.EVENT.name(), bytes))
        .withMessageContaining(Topics.EVENT.name());
  }

  @Test
  void shouldLeaveATombstoneATombstone() {
    assertThat(Topics.EVENT.valueSerde().deserializer().deserialize(Topics.EVENT.name(), null))
        .isNull();
  }
}
