package dev.syris.task.rule;

import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.control.Controls;
import dev.syris.task.document.Document;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the pipeline all rules and settings once more at each start: its topics may be younger than
 * they are. What it knows already changes nothing. Thread-safe.
 */
final class Retelling {

  private static final String RULES = "select rule_id as key, version, body from task.rule";
  private static final String HOURS = "select name as key, version, body from task.quiet_hours";
  private static final int AT_ONCE = 200;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final Controls controls;
  private final InstantSource clock;

  Retelling(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      Controls controls,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.outbox = outbox;
    this.controls = controls;
    this.clock = clock;
  }

  void tell() {
    transaction.executeWithoutResult(
        _ -> {
          var said = new ArrayList<OutboxRecord>();
          read(RULES).forEach(rule -> said.add(RuleRules.published(rule)));
          read(HOURS)
              .forEach(
                  hours ->
                      said.add(
                          SettingWords.quietHours(hours.key(), hours.version(), hours.body())));
          said.add(
              SettingWords.autonomy(controls.now().level().name(), clock.instant().toEpochMilli()));
          for (int from = 0; from < said.size(); from += AT_ONCE) {
            outbox.append(said.subList(from, Math.min(said.size(), from + AT_ONCE)));
          }
        });
  }

  private List<Document> read(String sql) {
    return jdbc.sql(sql)
        .query(
            (row, _) ->
                new Document(
                    row.getString("key"),
                    row.getLong("version"),
                    (ObjectNode) Json.mapper().readTree(row.getString("body"))))
        .list();
  }
}
