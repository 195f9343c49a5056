package dev.syris.task.engine;

import dev.syris.contracts.id.TaskId;
import java.nio.charset.StandardCharsets;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasks as their readers see them, for the answers of commands. */
public final class TaskViews {

  private static final String TASK = "select body from api.task where task_id = :id";

  private final JdbcClient jdbc;

  public TaskViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The Task of the contracts, as JSON in UTF-8. */
  public byte[] task(TaskId id) {
    return jdbc.sql(TASK)
        .param("id", id.value())
        .query(String.class)
        .single()
        .getBytes(StandardCharsets.UTF_8);
  }
}
