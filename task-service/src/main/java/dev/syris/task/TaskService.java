package dev.syris.task;

import dev.syris.platform.outbox.OutboxConfiguration;
import dev.syris.platform.postgres.PostgresConfiguration;
import dev.syris.platform.time.TimeConfiguration;
import dev.syris.platform.web.ServiceWebConfiguration;
import dev.syris.task.builtin.BuiltinConfiguration;
import dev.syris.task.intake.IntakeConfiguration;
import dev.syris.task.timer.TimerConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The task service, on its own or as one of four in a JVM. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  TimeConfiguration.class,
  PostgresConfiguration.class,
  OutboxConfiguration.class,
  ServiceWebConfiguration.class,
  TaskConfiguration.class,
  BuiltinConfiguration.class,
  TimerConfiguration.class,
  IntakeConfiguration.class
})
public class TaskService {

  /** The application, to be run with whatever configuration the caller has. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(TaskService.class)
        .properties("spring.config.name=syris-task")
        .bannerMode(Banner.Mode.OFF)
        .registerShutdownHook(false)
        .logStartupInfo(false);
  }

  public static void main(String[] args) {
    application().registerShutdownHook(true).run(args);
  }
}
