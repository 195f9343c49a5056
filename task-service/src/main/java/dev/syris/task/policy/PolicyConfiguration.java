package dev.syris.task.policy;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The policy, and who looks after it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PolicySettings.class)
public class PolicyConfiguration {

  @Bean
  PolicyWatch policyWatch(
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock,
      PolicyAlarm alarm) {
    return new PolicyWatch(transaction, outbox, ids, clock, alarm);
  }

  @Bean
  PolicyKeeper policies(PolicySettings settings, PolicyWatch watch) {
    return new PolicyKeeper(settings.file(), watch);
  }

  @Bean
  PolicyLoop policyLoop(PolicyKeeper keeper, PolicySettings settings) {
    return new PolicyLoop(keeper, settings.look());
  }

  @Bean
  PolicyProbe policyProbe(PolicyKeeper keeper) {
    return new PolicyProbe(keeper);
  }
}
