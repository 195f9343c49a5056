package dev.syris.task.tool;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Tool;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows the registry to readers of the database. */
public final class ToolCatalogue {

  private static final String UPSERT =
      """
      insert into task.tool (tool, version, status, body, updated_at)
      values (:tool, :version, :status, :body::json, :now)
      on conflict (tool) do update
         set version = excluded.version, status = excluded.status, body = excluded.body, updated_at = excluded.updated_at
       where task.tool.version <> excluded.version or task.tool.status <> excluded.status
      """;

  /** A body says what the columns say; those that went keep their definition. */
  private static final String GONE =
      """
      update task.tool
         set status = 'unavailable',
             body = (body::jsonb || '{"status": "unavailable"}')::json,
             updated_at = :now
       where status = 'available' and not (tool = any(:here))
      """;

  private final ToolRegistry registry;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  public ToolCatalogue(
      ToolRegistry registry,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      InstantSource clock) {
    this.registry = registry;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Writes what is here now; what has gone is shown as unavailable. */
  public void publish() {
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    List<Tool> here = registry.all();
    transaction.executeWithoutResult(
        _ -> {
          for (Tool tool : here) {
            jdbc.sql(UPSERT)
                .param("tool", tool.tool())
                .param("version", tool.version())
                .param("status", tool.status())
                .param("body", Json.mapper().writeValueAsString(tool))
                .param("now", now)
                .update();
          }
          jdbc.sql(GONE)
              .param("now", now)
              .param("here", here.stream().map(Tool::tool).toArray(String[]::new))
              .update();
        });
  }
}
