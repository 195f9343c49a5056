package dev.syris.ingest.events;

import dev.syris.platform.config.ConnectorsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The door for raw events. */
@Configuration(proxyBeanMethods = false)
@Import(EventsController.class)
public class EventsConfiguration {

  @Bean
  EventsReader eventsReader(ConnectorsProperties connectors) {
    return new EventsReader(connectors);
  }
}
