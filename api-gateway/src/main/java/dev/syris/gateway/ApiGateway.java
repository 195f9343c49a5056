package dev.syris.gateway;

import dev.syris.gateway.access.AccessConfiguration;
import dev.syris.gateway.evidence.EvidenceConfiguration;
import dev.syris.gateway.forward.ForwardConfiguration;
import dev.syris.gateway.health.HealthConfiguration;
import dev.syris.gateway.http.TomcatConfiguration;
import dev.syris.gateway.idempotency.IdempotencyConfiguration;
import dev.syris.gateway.openapi.OpenApiController;
import dev.syris.gateway.query.QueryConfiguration;
import dev.syris.gateway.rule.RuleConfiguration;
import dev.syris.gateway.stream.StreamConfiguration;
import dev.syris.gateway.token.TokenConfiguration;
import dev.syris.gateway.trace.TraceConfiguration;
import dev.syris.platform.outbox.OutboxConfiguration;
import dev.syris.platform.postgres.PostgresConfiguration;
import dev.syris.platform.time.TimeConfiguration;
import dev.syris.platform.web.WebConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The gateway's program. What Boot configures by itself is listed, so that a jar on the classpath
 * changes nothing.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  PropertyPlaceholderAutoConfiguration.class,
  ConfigurationPropertiesAutoConfiguration.class,
  LifecycleAutoConfiguration.class,
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
@Import({
  TimeConfiguration.class,
  PostgresConfiguration.class,
  OutboxConfiguration.class,
  WebConfiguration.class,
  TomcatConfiguration.class,
  AccessConfiguration.class,
  TokenConfiguration.class,
  QueryConfiguration.class,
  TraceConfiguration.class,
  RuleConfiguration.class,
  ForwardConfiguration.class,
  HealthConfiguration.class,
  StreamConfiguration.class,
  IdempotencyConfiguration.class,
  EvidenceConfiguration.class,
  OpenApiController.class
})
public class ApiGateway {

  /** The program, to be run alone or beside the other services. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(ApiGateway.class)
        .properties("spring.config.name=syris-gateway", "spring.jmx.enabled=false")
        .bannerMode(Banner.Mode.OFF);
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
