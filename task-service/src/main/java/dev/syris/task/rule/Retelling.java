package dev.syris.task.rule;

import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.control.Controls;
import dev.syris.task.document.Document;
import dev.syris.task.status.SystemStatusBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the pipeline all rules and settings once more at each start: its topics may be younger than
 * they are. What it knows already changes nothing. Whoever changes or deletes what is told waits
 * until it is said: told after its tombstone, a rule would be back for ever. Thread-safe.
 */
final class Retelling {

  private static final Logger LOG = LoggerFactory.getLogger(Retelling.class);
  private static final String RULES =
      "select rule_id as key, version, body from task.rule order by rule_id for share";
  private static final String HOURS =
      "select name as key, version, body from task.quiet_hours order by name for share";
  private static final int AT_ONCE = 200;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final Controls controls;
  private final SystemStatusBook status;

  Retelling(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      Controls controls,
      SystemStatusBook status) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.outbox = outbox;
    this.controls = controls;
    this.status = status;
  }

  void tell() {
    controls.noteExpiry();
    transaction.executeWithoutResult(
        _ -> {
          var said = new ArrayList<OutboxRecord>();
          read(RULES).forEach(rule -> words(rule).ifPresent(said::add));
          read(HOURS)
              .forEach(
                  hours ->
                      said.add(
                          SettingWords.quietHours(hours.key(), hours.version(), hours.body())));
          said.add(controls.retell());
          said.add(status.retell());
          for (int from = 0; from < said.size(); from += AT_ONCE) {
            outbox.append(said.subList(from, Math.min(said.size(), from + AT_ONCE)));
          }
        });
  }

  /** One that can't be read any more keeps nobody from hearing of the others. */
  private static Optional<OutboxRecord> words(Document rule) {
    try {
      return Optional.of(RuleRules.published(rule));
    } catch (ProblemException e) {
      LOG.error("the rule {} is not told again: {}", rule.key(), e.getMessage());
      return Optional.empty();
    }
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
