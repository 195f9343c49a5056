package dev.syris.platform.health;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The two internal addresses of a service, and the registry its meters live in. */
@Configuration(proxyBeanMethods = false)
@Import(InternalController.class)
public class HealthConfiguration {

  @Bean
  PrometheusMeterRegistry meterRegistry() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }
}
