package dev.syris.task;

import dev.syris.platform.outbox.OutboxConfiguration;
import dev.syris.platform.postgres.PostgresConfiguration;
import dev.syris.platform.time.TimeConfiguration;
import dev.syris.platform.web.ServiceWebConfiguration;
import dev.syris.task.alarm.AlarmConfiguration;
import dev.syris.task.approval.ApprovalConfiguration;
import dev.syris.task.builtin.BuiltinConfiguration;
import dev.syris.task.call.CallConfiguration;
import dev.syris.task.control.ControlConfiguration;
import dev.syris.task.decide.DecideConfiguration;
import dev.syris.task.engine.EngineConfiguration;
import dev.syris.task.http.HttpConfiguration;
import dev.syris.task.idempotency.IdempotencyConfiguration;
import dev.syris.task.intake.IntakeConfiguration;
import dev.syris.task.integration.IntegrationConfiguration;
import dev.syris.task.leak.LeakConfiguration;
import dev.syris.task.notice.NoticeConfiguration;
import dev.syris.task.notify.NotifyConfiguration;
import dev.syris.task.policy.PolicyConfiguration;
import dev.syris.task.quiet.QuietHoursConfiguration;
import dev.syris.task.retention.RetentionConfiguration;
import dev.syris.task.rule.RuleConfiguration;
import dev.syris.task.schedule.ScheduleConfiguration;
import dev.syris.task.start.StartConfiguration;
import dev.syris.task.status.SystemStatusConfiguration;
import dev.syris.task.template.TemplateConfiguration;
import dev.syris.task.timer.TimerConfiguration;
import dev.syris.task.watch.WatcherConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The task service, alone in its process or beside others. What Boot configures by itself is
 * listed, so that a jar on the classpath changes nothing.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  PropertyPlaceholderAutoConfiguration.class,
  ConfigurationPropertiesAutoConfiguration.class,
  LifecycleAutoConfiguration.class,
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
@Import({
  TimeConfiguration.class,
  PostgresConfiguration.class,
  OutboxConfiguration.class,
  ServiceWebConfiguration.class,
  TaskConfiguration.class,
  ControlConfiguration.class,
  ApprovalConfiguration.class,
  PolicyConfiguration.class,
  QuietHoursConfiguration.class,
  CallConfiguration.class,
  BuiltinConfiguration.class,
  ScheduleConfiguration.class,
  TimerConfiguration.class,
  EngineConfiguration.class,
  IdempotencyConfiguration.class,
  StartConfiguration.class,
  SystemStatusConfiguration.class,
  TemplateConfiguration.class,
  IntakeConfiguration.class,
  HttpConfiguration.class,
  NotifyConfiguration.class,
  NoticeConfiguration.class,
  AlarmConfiguration.class,
  DecideConfiguration.class,
  IntegrationConfiguration.class,
  LeakConfiguration.class,
  WatcherConfiguration.class,
  RuleConfiguration.class,
  RetentionConfiguration.class
})
public class TaskService {

  /** The application, to be run with whatever configuration the caller has. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(TaskService.class)
        .properties("spring.config.name=syris-task", "spring.jmx.enabled=false")
        .bannerMode(Banner.Mode.OFF);
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
