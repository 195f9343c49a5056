package dev.syris.ingest.webhook;

import dev.syris.platform.config.ConnectorsProperties;
import dev.syris.platform.secret.SecretConfiguration;
import dev.syris.platform.secret.SecretStore;
import java.time.InstantSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The door for webhooks. */
@Configuration(proxyBeanMethods = false)
@Import({WebhookController.class, SecretConfiguration.class})
public class WebhookConfiguration {

  @Bean
  WebhookAdapters webhookAdapters(ConnectorsProperties connectors, SecretStore secrets) {
    return new WebhookAdapters(connectors, secrets);
  }

  /** Tells once, at the start, which doors stay shut for want of a secret. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> secretsAnnounced(
      WebhookAdapters adapters, InstantSource clock) {
    return _ -> adapters.announce(clock.instant());
  }

  @Bean
  WebhooksProbe webhooksProbe(WebhookAdapters adapters) {
    return new WebhooksProbe(adapters);
  }
}
