package dev.syris.gateway.evidence;

import dev.syris.gateway.idempotency.IdempotentAnswers;
import dev.syris.gateway.ledger.LedgerConfiguration;
import dev.syris.gateway.ledger.artifact.DeadLetters;
import dev.syris.gateway.ledger.sink.LedgerCommits;
import dev.syris.gateway.stream.Growth;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The ledger, and what the rest of the gateway takes from it. */
@Configuration(proxyBeanMethods = false)
@Import({LedgerConfiguration.class, EvidenceController.class})
public class EvidenceConfiguration {

  @Bean
  Redrive redrive(DeadLetters letters, IdempotentAnswers answers) {
    return new Redrive(letters, answers);
  }

  @Bean
  Growth growth(LedgerCommits commits) {
    return commits::awaitBeyond;
  }
}
