package dev.syris.task.notify;

import dev.syris.platform.secret.SecretConfiguration;
import dev.syris.platform.secret.SecretStore;
import dev.syris.task.http.HttpRequests;
import dev.syris.task.tool.ToolProvider;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The targets, and the tool that sends to them. */
@Configuration(proxyBeanMethods = false)
@Import(SecretConfiguration.class)
@EnableConfigurationProperties(NotifySettings.class)
public class NotifyConfiguration {

  @Bean
  HttpRequests targetRequests(SecretStore secrets, InstantSource clock) {
    return HttpRequests.toConfigured(secrets, clock);
  }

  @Bean
  Targets notifyTargets(NotifySettings settings, HttpRequests targetRequests) {
    return new Targets(settings, targetRequests);
  }

  @Bean
  ToolProvider notifyTool(Targets targets) {
    return new NotifyTool(targets);
  }
}
