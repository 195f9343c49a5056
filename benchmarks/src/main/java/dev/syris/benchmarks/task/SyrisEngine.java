package dev.syris.benchmarks.task;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.benchmarks.spine.Broker;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.StepId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.tool.Requester;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.migrate.PostgresMigration;
import dev.syris.platform.migrate.SchemaMigration;
import dev.syris.task.TaskService;
import dev.syris.task.engine.JsonText;
import dev.syris.task.engine.NewTask;
import dev.syris.task.engine.StepPlan;
import dev.syris.task.engine.TaskCreation;
import dev.syris.task.engine.TaskEngine;
import dev.syris.task.tool.ActionDefinition;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolProvider;
import dev.syris.task.tool.ToolRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The task service as it ships, with its outbox relayed to a real broker: every task leaves six
 * records in the audit trail, which its peers do not write; a pass is over when the broker has them
 * all. System property: {@code syris.concurrency} (512), calls under way at most.
 */
final class SyrisEngine implements TaskEngineUnderTest {

  private static final String CONCURRENCY = System.getProperty("syris.concurrency", "512");
  private static final String PASSWORD = "benchmark";
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final int BATCH = 1000;

  private static final String UNFINISHED =
      """
      select (select count(*) from task.task where ended_at is null) + (select count(*) from task.outbox)
      """;

  private final Broker broker;
  private final ConfigurableApplicationContext context;
  private final JdbcClient jdbc;

  private SyrisEngine(TaskDatabase database, HikariDataSource pool, Executions executions) {
    pool.close();
    this.jdbc = database.client();
    this.broker = Broker.start();
    migrate(database);
    this.context = TaskService.application().run(arguments(database, broker.settings()));
    context.getBean(TaskEngine.class).stop();
    context.getBean(ToolRegistry.class).register(new Counting(executions));
  }

  static Contender contender() {
    return new Contender("SYRIS", "task", 1, SyrisEngine::new);
  }

  /** The same for whoever asks for more than a contender can do. */
  static SyrisEngine prepare(TaskDatabase database, Executions executions) {
    database.clear("task");
    return new SyrisEngine(database, database.pool("task", 1), executions);
  }

  private static void migrate(TaskDatabase database) {
    var passwords = new HashMap<String, String>();
    passwords.put(SchemaMigration.OWNER, PASSWORD);
    SchemaMigration.roles().forEach(role -> passwords.put(role, PASSWORD));
    PostgresMigration.prepare(database.superuser(), database.name(), passwords);
    JdbcClient jdbc = database.client();
    jdbc.sql("drop schema if exists task cascade").update();
    jdbc.sql("grant connect, create on database tasks to " + SchemaMigration.OWNER).update();
    jdbc.sql("alter schema public owner to " + SchemaMigration.OWNER).update();
    PostgresMigration.migrate(database.url(), PASSWORD);
  }

  private static String[] arguments(TaskDatabase database, KafkaSettings kafka) {
    return new String[] {
      "--syris.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
      "--syris.kafka.username=" + kafka.username(),
      "--syris.kafka.password=" + kafka.password(),
      "--syris.postgres.url=" + database.url(),
      "--syris.postgres.username=syris_task",
      "--syris.postgres.password=" + PASSWORD,
      "--syris.assertion.key=" + KEY,
      "--syris.secrets.key=" + KEY,
      "--syris.task.concurrency=" + CONCURRENCY
    };
  }

  /** A tool that tells that it ran. */
  private record Counting(Executions executions) implements ToolProvider {

    @Override
    public ToolDefinition definition() {
      var schema =
          InputSchema.parse(
              """
              {"type": "object", "additionalProperties": false,
               "properties": {"task": {"type": "integer"}, "payload": {"type": "string"}}}
              """);
      return new ToolDefinition(
          "counting",
          "nothing",
          List.of(
              new ActionDefinition(
                  "run",
                  RiskLevel.LOW,
                  List.of(),
                  ActionDefinition.Effect.IDEMPOTENT,
                  Duration.ofSeconds(30),
                  schema)));
    }

    @Override
    public Map<String, ToolAction> actions() {
      ToolAction.Calling run =
          call -> {
            executions.run(call.args().get("task").asInt(), call.args().get("payload").asString());
            return new ToolAnswer.Succeeded(Json.object(), "counted");
          };
      return Map.of("run", run);
    }
  }

  @Override
  public void begin() {
    context.getBean(TaskEngine.class).start();
  }

  @Override
  public void enqueue(int count, String payload) {
    var creation = context.getBean(TaskCreation.class);
    var transaction = context.getBean(TransactionTemplate.class);
    var ids = context.getBean(IdSource.class);
    for (int from = 0; from < count; from += BATCH) {
      var batch = new ArrayList<NewTask>();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        batch.add(task(ids, i, payload));
      }
      transaction.executeWithoutResult(_ -> creation.create(batch));
    }
  }

  /** Puts in one task, as whoever starts one does; returns when it is committed. */
  void enqueueOne(int number, String payload) {
    var creation = context.getBean(TaskCreation.class);
    NewTask task = task(context.getBean(IdSource.class), number, payload);
    context
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(_ -> creation.create(List.of(task)));
  }

  private static NewTask task(IdSource ids, int number, String payload) {
    ObjectNode args = Json.object().put("task", number).put("payload", payload);
    var step =
        new StepPlan(
            new StepId(ids.next()),
            0,
            "run",
            "counting",
            "run",
            JsonText.of(args),
            null,
            null,
            List.of(),
            3,
            RetryPolicy.DEFAULT,
            null);
    return new NewTask(
        new TaskId(ids.next()),
        "noop",
        ids.nextTraceId(),
        null,
        null,
        null,
        List.of(),
        Json.object(),
        null,
        new Requester("token", "benchmark"),
        List.of("*"),
        0,
        List.of(step));
  }

  @Override
  public long unfinished() {
    return jdbc.sql(UNFINISHED).query(Long.class).single();
  }

  @Override
  public void close() {
    context.close();
    broker.close();
  }
}
