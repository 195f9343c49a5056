package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.approval.ApprovalCommands;
import dev.syris.task.call.CallResolutions;
import dev.syris.task.call.GateParts;
import dev.syris.task.call.RuntimeParts;
import dev.syris.task.call.ToolRuntime;
import dev.syris.task.call.UnknownOutcomes;
import dev.syris.task.control.Controls;
import dev.syris.task.instance.Instance;
import dev.syris.task.plan.Known;
import dev.syris.task.plan.PlanReader;
import dev.syris.task.plan.PlanReading;
import dev.syris.task.support.Database;
import dev.syris.task.support.Gates;
import dev.syris.task.tool.ToolProvider;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The engine and the runtime of one process, without Kafka: what it says stays in the outbox. */
final class EngineProcess implements AutoCloseable {

  static final AuditActor OPERATOR = AuditActor.token("token-1");

  final Database database;
  final Instance instance;
  final ToolRegistry registry = new ToolRegistry();
  final ToolRuntime runtime;
  final TaskEngine engine;
  final TaskCreation creation;
  final TaskCommands commands;
  final CallResolutions resolutions;
  final EngineParts parts;
  private final PlanReader plans;
  final Controls controls;
  final ApprovalCommands approvals;
  private final TaskViews views;

  EngineProcess(TestDatabase test, String name, Duration lease, ToolProvider... tools) {
    var settings =
        new TaskSettings(
            64, Duration.ofMillis(50), Duration.ofSeconds(30), lease, Duration.ofMillis(200));
    database = new Database(test.as("syris_task"));
    InstantSource clock = InstantSource.system();
    var ids = new IdSource(clock, new Random());
    var outbox = new Outbox(database.jdbc, "task", new Signal());
    Arrays.stream(tools).forEach(registry::register);
    instance = new Instance(database.jdbc, clock, settings, name, "test");
    GateParts gate = Gates.of(database, outbox, clock);
    controls = gate.controls();
    runtime =
        new ToolRuntime(
            new RuntimeParts(
                database.jdbc,
                database.transaction,
                outbox,
                registry,
                clock,
                gate,
                UnknownOutcomes.NOBODY),
            instance,
            settings,
            new SimpleMeterRegistry());
    parts =
        new EngineParts(
            database.jdbc,
            database.transaction,
            outbox,
            runtime.starter(),
            clock,
            ids,
            () -> 0,
            gate);
    engine = new TaskEngine(parts, instance, settings, runtime);
    creation = new TaskCreation(parts, engine::wake);
    commands = new TaskCommands(parts, new TaskBatch(new TaskTable(database.jdbc), engine::wake));
    resolutions =
        new CallResolutions(
            database.jdbc,
            database.transaction,
            outbox,
            runtime,
            UnknownOutcomes.NOBODY,
            ids,
            clock);
    plans = new PlanReader(registry, ids, clock);
    views = new TaskViews(database.jdbc);
    approvals =
        new ApprovalCommands(
            database.jdbc,
            runtime.waiting(),
            database.transaction,
            outbox,
            registry,
            gate.policies(),
            ids,
            clock);
  }

  EngineProcess start() {
    instance.start();
    runtime.start();
    engine.start();
    return this;
  }

  /** Starts a task from a plan as it is written. */
  TaskId create(String plan) {
    return create(plan, "{}");
  }

  TaskId create(String plan, String input) {
    NewTask task = draft(plan, input);
    database.transaction.executeWithoutResult(_ -> creation.create(List.of(task)));
    return task.id();
  }

  NewTask draft(String plan, String input) {
    var given = (ObjectNode) Json.mapper().readTree(input);
    PlanReading reading = plans.read(Json.mapper().readTree(plan), new Known(given, null, false));
    if (!(reading instanceof PlanReading.Accepted accepted)) {
      throw new AssertionError("the plan is refused: " + reading);
    }
    return new NewTask(
        new TaskId(UUID.randomUUID()),
        "task",
        new TraceId(UUID.randomUUID()),
        null,
        null,
        null,
        accepted.labels(),
        given,
        null,
        new Requester("token", "token-1"),
        List.of("*"),
        0,
        accepted.steps());
  }

  /** The task as its readers see it. */
  JsonNode task(TaskId id) {
    return Json.mapper().readTree(views.task(id));
  }

  String status(TaskId id) {
    return task(id).get("status").asString();
  }

  String stepStatus(TaskId id, int position) {
    return task(id).at("/steps/%d/status".formatted(position)).asString();
  }

  /** Types of all that was said of a task, in order. */
  List<String> trail(TaskId id) {
    return database.said(Topics.AUDIT_EVENT.name()).stream()
        .map(words -> Json.read(words.value(), AuditEvent.class))
        .filter(event -> id.toString().equals(event.refs().get("task_id")))
        .map(AuditEvent::type)
        .toList();
  }

  /** From now on nothing it does reaches the database, as if it were no more. */
  void crash() {
    database.close();
    engine.stop();
    runtime.stop();
    instance.stop();
  }

  @Override
  public void close() {
    engine.stop();
    runtime.stop();
    instance.stop();
    database.close();
  }
}
