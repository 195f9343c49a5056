package dev.syris.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.platform.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class PipelineSettingsTest {

  @Test
  void shouldNameTheKeyWhenAValueMakesNoSense() {
    assertThatThrownBy(() -> settings(0, 25, 25)).hasMessageContaining("syris.pipeline.threads");
    assertThatThrownBy(() -> settings(1, 25, 26)).hasMessageContaining("syris.pipeline.poll");
    assertThatThrownBy(() -> settings(1, 25, 0)).hasMessageContaining("syris.pipeline.poll");
  }

  @Test
  void shouldBeTakenByKafkaStreams() {
    // When
    Properties config =
        StreamsSettings.of(
            new KafkaSettings("nowhere:1", "user", "word"), settings(1, 25, 25), Path.of("state"));

    // Then
    var streams = new StreamsConfig(config);
    assertThat(streams.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo("exactly_once_v2");
    assertThat(streams.getMainConsumerConfigs("g", "c", 0).get("group.instance.id"))
        .asString()
        .startsWith("syris-pipeline-0");
  }

  private static PipelineSettings settings(int threads, int commit, int poll) {
    return new PipelineSettings(
        "0", threads, Duration.ofMillis(commit), Duration.ofMillis(poll), 8, Set.of());
  }
}
