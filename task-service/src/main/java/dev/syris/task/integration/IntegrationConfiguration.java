package dev.syris.task.integration;

import dev.syris.platform.outbox.Outbox;
import dev.syris.task.instance.Instance;
import dev.syris.task.tool.ToolCatalogue;
import dev.syris.task.tool.ToolRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Integrations and their health. */
@Configuration(proxyBeanMethods = false)
@Import(IntegrationController.class)
public class IntegrationConfiguration {

  @Bean
  Integrations integrations(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      InstantSource clock,
      @Value("${syris.instance:1}") String instance) {
    return new Integrations(new IntegrationTable(jdbc), transaction, outbox, clock, instance);
  }

  @Bean
  IntegrationLoop integrationLoop(Integrations integrations) {
    return new IntegrationLoop(integrations);
  }

  /**
   * Integrations are known once all tools are registered.
   *
   * @param catalogue registers the tools
   */
  @Bean
  SmartInitializingSingleton integrationsKnown(
      Integrations integrations,
      ToolRegistry registry,
      ToolCatalogue catalogue,
      Instance instance) {
    return () -> instance.onReady(() -> integrations.add(registry.integrations()));
  }
}
