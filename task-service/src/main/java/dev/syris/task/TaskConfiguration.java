package dev.syris.task;

import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.postgres.PostgresProbe;
import dev.syris.task.approval.Approvals;
import dev.syris.task.approval.CallsInWaiting;
import dev.syris.task.call.CallCommands;
import dev.syris.task.call.CallInbox;
import dev.syris.task.call.CallResolutions;
import dev.syris.task.call.GateParts;
import dev.syris.task.call.RuntimeParts;
import dev.syris.task.call.ToolRuntime;
import dev.syris.task.call.UnknownOutcomes;
import dev.syris.task.control.Controls;
import dev.syris.task.instance.CrashReports;
import dev.syris.task.instance.Instance;
import dev.syris.task.instance.InstanceProbe;
import dev.syris.task.policy.Policies;
import dev.syris.task.tool.AnswerGuard;
import dev.syris.task.tool.ToolCatalogue;
import dev.syris.task.tool.ToolProvider;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.tool.ToolWatch;
import dev.syris.task.web.RequestWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The runtime, the registry and this instance, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TaskSettings.class)
class TaskConfiguration {

  @Bean
  Instance instance(
      JdbcClient jdbc,
      InstantSource clock,
      TaskSettings settings,
      @Value("${syris.instance:1}") String name,
      @Value("${syris.crash-reports:}") String crashes) {
    var reports = crashes.isBlank() ? CrashReports.NONE : new CrashReports(Path.of(crashes));
    return new Instance(jdbc, clock, settings, name, version(), reports);
  }

  private static String version() {
    String version = TaskService.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Bean
  ToolRegistry toolRegistry(ToolWatch watch, AnswerGuard guard) {
    return new ToolRegistry(watch, guard);
  }

  /**
   * Tools need parts of the service, and the runtime needs the registry: they are registered when
   * all are there.
   */
  @Bean
  ToolCatalogue toolCatalogue(
      ToolRegistry registry,
      ObjectProvider<ToolProvider> providers,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      InstantSource clock,
      Instance instance) {
    List.copyOf(providers.stream().toList()).forEach(registry::register);
    var catalogue = new ToolCatalogue(registry, jdbc, transaction, clock);
    instance.onReady(catalogue::publish);
    return catalogue;
  }

  @Bean
  GateParts gateParts(
      Controls controls, Policies policies, GateParts.QuietHours quietHours, Approvals approvals) {
    return new GateParts(controls, policies, quietHours, approvals);
  }

  @Bean
  RuntimeParts runtimeParts(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      ToolRegistry registry,
      InstantSource clock,
      GateParts gate,
      UnknownOutcomes unknown) {
    return new RuntimeParts(jdbc, transaction, outbox, registry, clock, gate, unknown);
  }

  @Bean
  ToolRuntime toolRuntime(
      RuntimeParts parts, Instance instance, TaskSettings settings, MeterRegistry meters) {
    return new ToolRuntime(parts, instance, settings, meters);
  }

  @Bean
  CallsInWaiting callsInWaiting(ToolRuntime runtime) {
    return runtime.waiting();
  }

  @Bean
  CallCommands callCommands(
      RuntimeParts parts, ToolRuntime runtime, CallInbox inbox, RequestWatch watch, IdSource ids) {
    return new CallCommands(parts, runtime, inbox, watch, ids);
  }

  @Bean
  CallInbox callInbox(JdbcClient jdbc, InstantSource clock, ToolRuntime runtime) {
    return new CallInbox(jdbc, clock, runtime);
  }

  @Bean
  CallResolutions callResolutions(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      ToolRuntime runtime,
      UnknownOutcomes unknown,
      IdSource ids,
      InstantSource clock) {
    return new CallResolutions(jdbc, transaction, outbox, runtime, unknown, ids, clock);
  }

  @Bean
  PostgresProbe postgresProbe(JdbcClient jdbc) {
    return new PostgresProbe(jdbc);
  }

  @Bean
  InstanceProbe instanceProbe(Instance instance) {
    return new InstanceProbe(instance);
  }
}
