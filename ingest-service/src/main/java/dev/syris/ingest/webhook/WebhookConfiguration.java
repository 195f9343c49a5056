package dev.syris.ingest.webhook;

import dev.syris.platform.config.ConnectorsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The door for webhooks. */
@Configuration(proxyBeanMethods = false)
@Import(WebhookController.class)
public class WebhookConfiguration {

  @Bean
  WebhookAdapters webhookAdapters(ConnectorsProperties connectors) {
    return new WebhookAdapters(connectors);
  }

  @Bean
  WebhooksProbe webhooksProbe(WebhookAdapters adapters) {
    return new WebhooksProbe(adapters);
  }
}
