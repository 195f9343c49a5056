package dev.syris.task.rule;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.document.Document;
import dev.syris.task.document.DocumentRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * What rules must be like, and how the pipeline learns of them. The alarm about one that was
 * switched off is over once somebody enables or deletes it. Thread-safe.
 */
final class RuleRules implements DocumentRules {

  private static final String ANY = "rule";

  /** What a rule is known by; it is kept beside what is written of it. */
  private static final List<String> OURS = List.of("rule_id", "version");

  private final Outbox outbox;
  private final Alarms alarms;
  private final Predicate<String> quietHoursExist;

  RuleRules(Outbox outbox, Alarms alarms, Predicate<String> quietHoursExist) {
    this.outbox = outbox;
    this.alarms = alarms;
    this.quietHoursExist = quietHoursExist;
  }

  @Override
  public ObjectNode accept(ObjectNode body) {
    ObjectNode given = body.deepCopy();
    given.remove(OURS);
    given.remove(RuleReader.TOLD);
    ObjectNode kept = read(given, ANY, 1).written().deepCopy();
    kept.remove(OURS);
    String hours = kept.path("quiet_hours_policy_id").asString("");
    if (!hours.isEmpty() && !quietHoursExist.test(hours)) {
      throw invalid(
          List.of(
              new FieldError(
                  "/quiet_hours_policy_id",
                  "unknown",
                  "there are no quiet hours %s; PUT /quiet-hours/%s makes them"
                      .formatted(hours, hours))));
    }
    return kept;
  }

  @Override
  public void written(Optional<Document> before, Document now) {
    outbox.append(List.of(published(now)));
    if (now.body().path("enabled").asBoolean(true)) {
      alarms.clear(Trips.alarmKey(now.key()), "the rule is enabled again");
    }
  }

  @Override
  public void removed(Document before) {
    outbox.append(List.of(OutboxRecord.tombstone(Topics.CONTROL_RULE, before.key())));
    alarms.clear(Trips.alarmKey(before.key()), "the rule was deleted");
  }

  /** The rule as the pipeline reads it. */
  static OutboxRecord published(Document rule) {
    if (!RuleReader.isId(rule.key())) {
      throw invalid(
          List.of(
              new FieldError(
                  "/rule_id",
                  "format",
                  "has 1 to 64 letters, digits, dots, dashes and underscores")));
    }
    Rule read = read(rule.body(), rule.key(), rule.version());
    return OutboxRecord.of(Topics.CONTROL_RULE, rule.key(), Json.bytes(read.written()));
  }

  private static Rule read(ObjectNode body, String id, long version) {
    return switch (RuleReader.read(body, id, version)) {
      case RuleReading.Accepted(Rule rule) -> rule;
      case RuleReading.Rejected(List<Problem> problems) ->
          throw invalid(
              problems.stream()
                  .map(problem -> new FieldError(problem.pointer(), "value", problem.message()))
                  .toList());
    };
  }

  private static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(
            CommonProblem.INVALID, "rule.invalid", "this is no rule that can be kept")
        .errors(errors);
  }
}
