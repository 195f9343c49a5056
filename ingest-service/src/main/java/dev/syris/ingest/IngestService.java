package dev.syris.ingest;

import dev.syris.ingest.events.EventsConfiguration;
import dev.syris.ingest.http.DoorConfiguration;
import dev.syris.ingest.webhook.WebhookConfiguration;
import dev.syris.platform.config.ConnectorsProperties;
import dev.syris.platform.postgres.PostgresConfiguration;
import dev.syris.platform.time.TimeConfiguration;
import dev.syris.platform.web.ServiceWebConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Authenticates, stamps ids, keeps the bytes, and answers 202 when the broker has them. Its
 * autoconfigurations are named one by one, so that a classpath shared with the other services
 * changes nothing here.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  ConfigurationPropertiesAutoConfiguration.class,
  PropertyPlaceholderAutoConfiguration.class,
  LifecycleAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
@EnableConfigurationProperties(ConnectorsProperties.class)
@Import({
  TimeConfiguration.class,
  PostgresConfiguration.class,
  ServiceWebConfiguration.class,
  DoorConfiguration.class,
  EventsConfiguration.class,
  WebhookConfiguration.class
})
public class IngestService {

  /** Also the name of its configuration file. */
  public static final String NAME = "syris-ingest";

  /** The application, alone in its process or beside others. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(IngestService.class)
        .bannerMode(Banner.Mode.OFF)
        .properties(
            "spring.config.name=" + NAME,
            "spring.jmx.enabled=false",
            "spring.devtools.restart.enabled=false");
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
