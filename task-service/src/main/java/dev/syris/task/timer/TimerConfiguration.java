package dev.syris.task.timer;

import dev.syris.platform.outbox.Outbox;
import dev.syris.task.TaskSettings;
import dev.syris.task.tool.ToolProvider;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The timer tool, and the loop that fires what it sets. */
@Configuration(proxyBeanMethods = false)
public class TimerConfiguration {

  @Bean
  TimerLoop timerLoop(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      InstantSource clock,
      TaskSettings settings) {
    return new TimerLoop(new TimerTable(jdbc), transaction, outbox, clock, settings);
  }

  @Bean
  ToolProvider timerTool(JdbcClient jdbc, InstantSource clock, TimerLoop loop) {
    return new TimerTool(new TimerTable(jdbc), clock, loop);
  }

  @Bean
  TimerProbe timerProbe(TimerLoop loop) {
    return new TimerProbe(loop);
  }
}
