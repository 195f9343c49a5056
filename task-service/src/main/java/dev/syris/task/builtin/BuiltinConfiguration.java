package dev.syris.task.builtin;

import dev.syris.task.control.Controls;
import dev.syris.task.instance.Instance;
import dev.syris.task.tool.ToolProvider;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tools that need nothing but the service itself. */
@Configuration(proxyBeanMethods = false)
public class BuiltinConfiguration {

  @Bean
  ToolProvider noopTool() {
    return new NoopTool();
  }

  @Bean
  ToolProvider systemTool(
      JdbcClient jdbc, Instance instance, InstantSource clock, Controls controls) {
    return new SystemTool(new StatusTable(jdbc), instance, clock, controls);
  }
}
