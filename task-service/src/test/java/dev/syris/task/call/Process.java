package dev.syris.task.call;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.approval.ApprovalCommands;
import dev.syris.task.control.Controls;
import dev.syris.task.instance.Instance;
import dev.syris.task.support.Database;
import dev.syris.task.support.Gates;
import dev.syris.task.support.ScriptedPolicy;
import dev.syris.task.tool.ToolProvider;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.web.RequestWatch;
import dev.syris.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The runtime of one process, without Kafka: what it says stays in the outbox table. */
final class Process implements AutoCloseable {

  private static final TaskSettings SETTINGS =
      new TaskSettings(
          64,
          Duration.ofMillis(50),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  final Database database;
  final Instance instance;
  final ToolRegistry registry = new ToolRegistry();
  final RuntimeParts parts;
  final ToolRuntime runtime;
  final Controls controls;
  final ScriptedPolicy policy = new ScriptedPolicy();
  final ApprovalCommands approvals;
  final CallCommands commands;
  private final CallInbox inbox;

  Process(TestDatabase test, String name, ToolProvider... tools) {
    database = new Database(test.as("syris_task"));
    InstantSource clock = InstantSource.system();
    var outbox = new Outbox(database.jdbc, "task", new Signal());
    Arrays.stream(tools).forEach(registry::register);
    instance = new Instance(database.jdbc, clock, SETTINGS, name, "test");
    GateParts gate = Gates.of(database, outbox, clock, policy);
    controls = gate.controls();
    parts = new RuntimeParts(database.jdbc, database.transaction, outbox, registry, clock, gate, UnknownOutcomes.NOBODY);
    runtime = new ToolRuntime(parts, instance, SETTINGS, new SimpleMeterRegistry());
    inbox = new CallInbox(database.jdbc, clock, runtime);
    var ids = new IdSource(clock, new Random());
    approvals =
        new ApprovalCommands(
            database.jdbc,
            runtime.waiting(),
            database.transaction,
            outbox,
            registry,
            policy,
            ids,
            clock);
    commands = new CallCommands(parts, runtime, inbox, RequestWatch.NONE, ids);
  }

  Process start() {
    instance.start();
    runtime.start();
    return this;
  }

  void receive(ToolCallRequest... requests) {
    List<ReceivedCall> calls = Arrays.stream(requests).map(ReceivedCall::of).toList();
    database.transaction.executeWithoutResult(_ -> inbox.add(calls));
  }

  /** From now on nothing it does reaches the database, as if it were no more. */
  void crash() {
    database.close();
    runtime.stop();
    instance.stop();
  }

  @Override
  public void close() {
    runtime.stop();
    instance.stop();
    database.close();
  }
}
