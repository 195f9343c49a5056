package dev.syris.platform.web;

import dev.syris.platform.assertion.AssertionFilter;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.platform.health.HealthConfiguration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** The web side of a service behind the gateway: closed to everything the gateway did not sign. */
@Configuration(proxyBeanMethods = false)
@Import({WebConfiguration.class, HealthConfiguration.class})
public class ServiceWebConfiguration {

  @Bean
  CallerAssertion callerAssertion(
      @Value("${syris.assertion.key}") String key, InstantSource clock) {
    return new CallerAssertion(key, clock);
  }

  @Bean
  FilterRegistrationBean<AssertionFilter> assertionFilter(CallerAssertion assertions) {
    var registration = new FilterRegistrationBean<>(new AssertionFilter(assertions));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.addUrlPatterns("/*");
    return registration;
  }
}
