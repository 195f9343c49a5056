package dev.syris.gateway.token;

import dev.syris.contracts.id.IdSource;
import dev.syris.gateway.idempotency.IdempotentAnswers;
import dev.syris.platform.outbox.Outbox;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tokens and their address. */
@Configuration(proxyBeanMethods = false)
@Import(TokenController.class)
public class TokenConfiguration {

  @Bean
  TokenTable tokenTable(JdbcClient jdbc) {
    return new TokenTable(jdbc);
  }

  @Bean
  TokenMemory tokenMemory(TokenTable table, InstantSource clock) {
    return new TokenMemory(table::all, clock);
  }

  @Bean
  TokenUse tokenUse(TokenMemory memory, TokenTable table) {
    return new TokenUse(memory, table);
  }

  @Bean
  TokenCommands tokenCommands(
      TokenTable table,
      TokenMemory memory,
      IdempotentAnswers answers,
      Outbox outbox,
      TransactionTemplate transaction,
      TokenCommands.Tools tools) {
    return new TokenCommands(table, memory, answers, outbox, transaction, tools);
  }

  @Bean
  TokenCommands.Tools tokenTools(InstantSource clock, IdSource ids) {
    return new TokenCommands.Tools(clock, ids);
  }

  @Bean
  OperatorToken operatorToken(
      TokenTable table,
      TokenMemory memory,
      Outbox outbox,
      TransactionTemplate transaction,
      TokenCommands.Tools tools,
      @Value("${syris.token:}") String given,
      @Value("${syris.data}") Path data) {
    var source =
        new OperatorToken.Source(given.strip(), new SecretFile(data.resolve("operator.token")));
    return new OperatorToken(table, memory, outbox, transaction, tools, source);
  }
}
