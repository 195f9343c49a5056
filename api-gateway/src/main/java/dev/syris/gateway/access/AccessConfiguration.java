package dev.syris.gateway.access;

import dev.syris.gateway.http.BodyFilter;
import dev.syris.gateway.http.HttpSettings;
import dev.syris.gateway.http.ProxyFilter;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The filter and its second lock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
public class AccessConfiguration implements WebMvcConfigurer {

  @Bean
  FilterRegistrationBean<ProxyFilter> proxyFilter(HttpSettings http) {
    return everywhere(new ProxyFilter(http.proxies()), Ordered.HIGHEST_PRECEDENCE + 1);
  }

  /**
   * Filters are made while the server starts; what they need is made later, with the rest and by
   * its own thread.
   */
  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(
      HttpSettings http,
      ObjectProvider<RequestMappingHandlerMapping> mappings,
      ObjectProvider<Authenticator> authenticator) {
    var rules = new AccessRules(mappings::getObject);
    var hosts = new HostRules(http.bind(), http.publicUrl());
    var filter = new AccessFilter(hosts, rules, secret -> authenticator.getObject().verify(secret));
    return everywhere(filter, Ordered.HIGHEST_PRECEDENCE + 2);
  }

  @Bean
  FilterRegistrationBean<BodyFilter> bodyFilter(HttpSettings http) {
    return everywhere(new BodyFilter(http), Ordered.HIGHEST_PRECEDENCE + 3);
  }

  private static <F extends Filter> FilterRegistrationBean<F> everywhere(F filter, int order) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    registration.addUrlPatterns("/*");
    return registration;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new AdmissionCheck());
  }
}
