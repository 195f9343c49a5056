package dev.syris.gateway.health;

import dev.syris.gateway.forward.ServiceAddresses;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.platform.health.HealthProbe;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Health, state and metrics. The two internal addresses of the other services are not for this one:
 * its port is public.
 */
@Configuration(proxyBeanMethods = false)
@Import(HealthController.class)
public class HealthConfiguration {

  @Bean
  PrometheusMeterRegistry meterRegistry() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return registry;
  }

  @Bean
  DatabaseProbe databaseProbe(JdbcClient jdbc) {
    return new DatabaseProbe(jdbc);
  }

  @Bean
  SubsystemProbes subsystemProbes(
      List<HealthProbe> own, ServiceAddresses services, HttpClient client) {
    return new SubsystemProbes(
        own,
        services.all().entrySet().stream()
            .map(service -> new ServiceProbe(service.getKey(), service.getValue(), client))
            .toList());
  }

  @Bean
  AllMeters allMeters(
      PrometheusMeterRegistry own,
      ServiceAddresses services,
      HttpClient client,
      CallerAssertion assertions) {
    return new AllMeters(
        own,
        services.all().entrySet().stream()
            .map(
                service ->
                    new ServiceMeters(service.getKey(), service.getValue(), client, assertions))
            .toList());
  }

  @Bean
  SystemState systemState(
      SubsystemProbes probes,
      JdbcClient jdbc,
      InstantSource clock,
      PrometheusMeterRegistry registry) {
    var state = new SystemState(probes, new StateReader(jdbc), clock);
    GatewayMetrics.register(state, clock, registry);
    return state;
  }

  @Bean
  FilterRegistrationBean<RequestTimer> requestTimer(PrometheusMeterRegistry registry) {
    var registration = new FilterRegistrationBean<>(new RequestTimer(registry));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.addUrlPatterns("/*");
    return registration;
  }
}
