package dev.syris.pipeline;

import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.route.Filters;
import dev.syris.pipeline.runtime.PipelineProbe;
import dev.syris.pipeline.runtime.PipelineSettings;
import dev.syris.pipeline.runtime.StreamsRunner;
import dev.syris.pipeline.runtime.StreamsSettings;
import dev.syris.platform.config.ConnectorsProperties;
import dev.syris.platform.kafka.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topology, what runs it, and what tells how it is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  KafkaSettings.class,
  ConnectorsProperties.class,
  PipelineSettings.class
})
class PipelineConfiguration {

  @Bean
  PipelineTopology pipelineTopology(
      ConnectorsProperties connectors,
      PipelineSettings pipeline,
      @Value("${syris.timezone:}") String timezone) {
    ZoneId zone = timezone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(timezone);
    return new PipelineTopology(
        new PipelineTopology.Settings(
            new Connectors(connectors.all()),
            new Filters(pipeline.maxDepth(), pipeline.spamActors()),
            zone));
  }

  @Bean
  StreamsRunner streamsRunner(
      PipelineTopology topology,
      KafkaSettings kafka,
      PipelineSettings pipeline,
      @Value("${syris.data}") Path data,
      InstantSource clock,
      ConfigurableApplicationContext context) {
    Properties config = StreamsSettings.of(kafka, pipeline, data.resolve("streams"));
    return new StreamsRunner(topology, config, clock, fault -> shutDown(context, fault));
  }

  @Bean
  PipelineProbe pipelineProbe(StreamsRunner runner, MeterRegistry meters) {
    return new PipelineProbe(runner, meters);
  }

  /** On a thread of its own: the stream thread that died must be able to end. */
  private static void shutDown(ConfigurableApplicationContext context, Throwable fault) {
    Thread.ofPlatform()
        .name("pipeline-shutdown")
        .start(
            () -> {
              context.publishEvent(new PipelineFailedEvent(fault));
              context.close();
            });
  }
}
