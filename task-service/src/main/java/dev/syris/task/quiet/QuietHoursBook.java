package dev.syris.task.quiet;

import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.postgres.SqlArrays;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.rules.quiet.QuietHoursReader;
import dev.syris.rules.quiet.QuietHoursReading;
import dev.syris.task.document.Document;
import dev.syris.task.document.DocumentRules;
import dev.syris.task.policy.Policies;
import dev.syris.task.policy.Policy;
import dev.syris.task.rule.SettingWords;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** What quiet hours must be like, and which of them hold. Thread-safe. */
final class QuietHoursBook implements DocumentRules {

  /** What a client reads, and may send back unread. */
  private static final List<String> OURS =
      List.of("quiet_hours_id", "version", "created_at", "updated_at");

  private static final String FIND =
      "select name, body from task.quiet_hours where name = any(:names)";

  private static final String USER =
      """
      select 'schedule ' || schedule_id from task.schedule where body ->> 'quiet_hours_policy_id' = :name
      union all
      select 'rule ' || rule_id from task.rule where body ->> 'quiet_hours_policy_id' = :name
      limit 1
      """;

  private final JdbcClient jdbc;
  private final QuietHoursReader reader;
  private final Policies policies;
  private final Outbox outbox;

  QuietHoursBook(JdbcClient jdbc, QuietHoursReader reader, Policies policies, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.reader = reader;
    this.policies = policies;
  }

  @Override
  public ObjectNode accept(ObjectNode body) {
    ObjectNode given = body.deepCopy();
    given.remove(OURS);
    return switch (reader.read(given)) {
      case QuietHoursReading.Accepted(var _, ObjectNode written) -> written;
      case QuietHoursReading.Rejected(var problems) -> {
        List<FieldError> errors =
            problems.stream()
                .map(problem -> new FieldError(problem.pointer(), "value", problem.message()))
                .toList();
        throw new ProblemException(
                CommonProblem.INVALID, "quiet_hours.invalid", "these are no quiet hours")
            .errors(errors);
      }
    };
  }

  @Override
  public void release(String name) {
    Policy policy = policies.current();
    if (policy.quietHours().contains(name)) {
      int line = policy.lineOf(name);
      throw new ProblemException(
          CommonProblem.CONFLICT,
          "quiet_hours.in_use",
          "the policy names the quiet hours \"%s\"; take them out of policy.yml%s first"
              .formatted(name, line == 0 ? "" : " (line %d)".formatted(line)));
    }
    jdbc.sql(USER)
        .param("name", name)
        .query(String.class)
        .optional()
        .ifPresent(
            id -> {
              throw new ProblemException(
                  CommonProblem.CONFLICT,
                  "quiet_hours.in_use",
                  "the %s names the quiet hours \"%s\"; change or delete it first"
                      .formatted(id, name));
            });
  }

  /** Rules look at them, too. */
  @Override
  public void written(Optional<Document> before, Document now) {
    outbox.append(List.of(SettingWords.quietHours(now.key(), now.version(), now.body())));
  }

  @Override
  public void removed(Document before) {
    outbox.append(List.of(SettingWords.noQuietHours(before.key())));
  }

  /** Those of the names that hold; one that is not there does not. */
  Set<String> at(Set<String> names, Instant time) {
    var holding = new HashSet<String>();
    jdbc.sql(FIND)
        .param("names", SqlArrays.column(List.copyOf(names)))
        .query(
            (row, _) -> {
              var body = (ObjectNode) Json.mapper().readTree(row.getString("body"));
              if (reader.read(body) instanceof QuietHoursReading.Accepted(var hours, var _)
                  && hours.holdAt(time)) {
                holding.add(row.getString("name"));
              }
              return true;
            })
        .list();
    return holding;
  }
}
