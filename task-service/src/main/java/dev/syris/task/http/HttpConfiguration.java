package dev.syris.task.http;

import dev.syris.platform.secret.SecretConfiguration;
import dev.syris.platform.secret.SecretStore;
import dev.syris.task.tool.ToolProvider;
import java.net.InetAddress;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The http tool, and what it sends with. */
@Configuration(proxyBeanMethods = false)
@Import(SecretConfiguration.class)
@EnableConfigurationProperties(HttpToolSettings.class)
public class HttpConfiguration {

  @Bean
  HttpSender httpSender(HttpToolSettings settings) {
    var allowed = new AllowedHosts(settings.allowedHosts());
    return new HttpSender(settings, new PinnedResolver(allowed, InetAddress::getAllByName));
  }

  @Bean
  ToolProvider httpTool(
      HttpToolSettings settings, HttpSender sender, SecretStore secrets, InstantSource clock) {
    return new HttpTool(settings, sender, secrets, clock);
  }
}
