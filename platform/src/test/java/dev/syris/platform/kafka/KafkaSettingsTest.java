package dev.syris.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

  @Test
  void shouldQuoteAnyPasswordAndNeverShowIt() {
    // Given
    var settings = new KafkaSettings("localhost:1", "task", "p\"w\\d");

    // Then
    assertThat(settings.clientConfig().get("sasl.jaas.config"))
        .asString()
        .endsWith("password=\"p\\\"w\\\\d\";");
    assertThat(settings.toString()).doesNotContain("p\"w");
  }

  @Test
  void shouldWaitForEveryReplicaAndReadOnlyWhatIsCommitted() {
    var settings = new KafkaSettings("localhost:1", "", "");
    assertThat(settings.producerConfig("x"))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true);
    assertThat(settings.consumerConfig("x"))
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "none");
  }
}
