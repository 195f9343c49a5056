package dev.syris.pipeline;

import dev.syris.platform.time.TimeConfiguration;
import dev.syris.platform.web.ServiceWebConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Import;

/** The service that runs the topology. Its port tells how it is and nothing else. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({TimeConfiguration.class, ServiceWebConfiguration.class, PipelineConfiguration.class})
public class PipelineStreams {

  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(PipelineStreams.class)
        .properties("spring.config.name=syris-pipeline", "spring.jmx.enabled=false")
        .bannerMode(Banner.Mode.OFF);
  }

  /**
   * Ends with code 1 where the pipeline can't go on, so that whoever started it starts it again.
   */
  public static void main(String[] args) {
    application()
        .listeners((ApplicationListener<PipelineFailedEvent>) _ -> System.exit(1))
        .run(args);
  }
}
