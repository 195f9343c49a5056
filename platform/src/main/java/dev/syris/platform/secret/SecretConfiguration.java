package dev.syris.platform.secret;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reading side, for services that use secrets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretSettings.class)
public class SecretConfiguration {

  @Bean
  SecretStore secretStore(JdbcClient jdbc, SecretSettings settings) {
    return new SecretStore(jdbc, settings.source());
  }
}
