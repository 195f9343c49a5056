package dev.syris.task.rule;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.control.RuleTripped;
import dev.syris.contracts.json.Json;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.alarm.Finding;
import dev.syris.task.document.Documents;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;

/**
 * Switches off rules that went over their limit, with an alarm. Seen twice, or late, it changes
 * nothing: the version that tripped is not there any more. Thread-safe.
 */
final class Trips implements MessageListener<byte[], byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(Trips.class);

  private final Documents rules;
  private final Alarms alarms;
  private final TransactionTemplate transaction;

  Trips(Documents rules, Alarms alarms, TransactionTemplate transaction) {
    this.rules = rules;
    this.alarms = alarms;
    this.transaction = transaction;
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> record) {
    try {
      switchOff(Json.read(record.value(), RuleTripped.class));
    } catch (JacksonException | IllegalArgumentException e) {
      LOG.error("a record of {} is no trip: {}", record.topic(), e.getMessage());
    }
  }

  private void switchOff(RuleTripped trip) {
    if (!stands(trip)) {
      return;
    }
    try {
      transaction.executeWithoutResult(
          _ -> {
            rules.patchUnasked(
                trip.ruleId(),
                Json.object().put("enabled", false),
                AuditActor.rule(trip.ruleId()),
                "\"" + trip.version() + "\"");
            alarms.raise(finding(trip));
          });
    } catch (ProblemException e) {
      onlyTell(trip, e);
    }
  }

  /** Where a rule can't even be switched off, the trips of others must not wait behind it. */
  private void onlyTell(RuleTripped trip, ProblemException why) {
    if (stands(trip)) {
      LOG.error("the rule {} can't be switched off: {}", trip.ruleId(), why.getMessage());
      transaction.executeWithoutResult(_ -> alarms.raise(finding(trip)));
    }
  }

  private boolean stands(RuleTripped trip) {
    return rules.find(trip.ruleId()).filter(rule -> rule.version() == trip.version()).isPresent();
  }

  /** There is one alarm for each rule. */
  static String alarmKey(String ruleId) {
    return "rule.tripped:" + ruleId;
  }

  private static Finding finding(RuleTripped trip) {
    return new Finding(
        "rule.tripped",
        Finding.Severity.ERROR,
        alarmKey(trip.ruleId()),
        "The rule \"%s\" fired more than %d times within a minute and is switched off; look at it, then enable it"
            .formatted(trip.name(), trip.maxPerMinute()),
        Json.object()
            .put("rule_id", trip.ruleId())
            .put("rule_version", trip.version())
            .put("max_per_minute", trip.maxPerMinute()),
        trip.traceId(),
        Refs.event(trip.eventId()).with("rule_id", trip.ruleId()));
  }
}
