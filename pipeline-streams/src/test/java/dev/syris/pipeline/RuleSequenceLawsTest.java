package dev.syris.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.rules.problem.Parsed;
import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.replay.RuleReplay;
import dev.syris.rules.replay.Verdict;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.setting.SettingReader;
import dev.syris.rules.suppress.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.apache.kafka.streams.test.TestRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same sequences through the topology and through the replay that {@code POST /rules/simulate}
 * runs, decision by decision. The packaged program has its own test of this, on real time.
 */
class RuleSequenceLawsTest {

  private static final int EVENTS = 120;
  private static final List<String> REASONS =
      List.of("fired", "debounce", "dedupe", "quiet_hours", "tripped");
  private static final String NIGHT =
      "{'timezone':'Europe/Berlin','windows':[{'start':'22:00','end':'07:00'}]}";

  /** The evening before the clocks of Berlin go forward. */
  private static final Instant EVENING = Instant.parse("2027-03-27T19:30:00Z");

  private static final long[] STEPS_MS = {0, 0, 1, 40, 900, 7_000, 61_000, 1_800_000};

  /** What became of a match, as text. */
  private record Decided(String event, String rule, long version, String key, String what) {}

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void topologyAndReplayDecideTheSame(@ForAll long seed) {
    var random = new Random(seed);
    List<ObjectNode> rules = rules(random);
    try (var pipeline = new PipelineFixture()) {
      pipeline
          .after(Duration.between(PipelineFixture.START, EVENING))
          .setting("quiet_hours.night", 1, NIGHT);
      rules.forEach(rule -> pipeline.ruleRecord(rule.path("rule_id").asString(), Json.bytes(rule)));
      for (int i = 0; i < EVENTS; i++) {
        pipeline.after(Duration.ofMillis(STEPS_MS[random.nextInt(STEPS_MS.length)]));
        pipeline.raw(event(random));
      }

      List<Event> events = pipeline.events().stream().map(TestRecord::value).toList();
      List<AuditEvent> audits = pipeline.audits();

      assertThat(events).hasSize(EVENTS);
      for (ObjectNode rule : rules) {
        String id = rule.path("rule_id").asString();
        List<Decided> live = live(audits, id);
        assertThat(live).as(rule.toString()).isEqualTo(replayed(events, rule));
        live.forEach(decided -> Statistics.collect(decided.what().split(" ")[0]));
      }
    }
    Statistics.coverage(
        all -> REASONS.forEach(reason -> all.check(reason).count(count -> count > 0)));
  }

  private static List<Decided> live(List<AuditEvent> audits, String rule) {
    return audits.stream()
        .filter(audit -> rule.equals(audit.refs().get("rule_id")))
        .map(
            audit ->
                new Decided(
                    audit.refs().get("event_id"),
                    rule,
                    audit.details().path("rule_version").asLong(),
                    audit.details().path("key").asString(""),
                    audit.type().equals("rule.triggered")
                        ? "fired"
                        : audit.details().path("reason").asString()
                            + " "
                            + audit.details().path("until").asString("")))
        .toList();
  }

  private static List<Decided> replayed(List<Event> events, ObjectNode json) {
    Rule rule = read(json);
    var replay = new RuleReplay(rule, settings());
    var decided = new ArrayList<Decided>();
    for (Event event : events) {
      var past =
          new PastEvent(
              Json.mapper().readTree(Json.bytes(event)),
              event.eventId(),
              event.traceId(),
              event.ingestedAt());
      if (replay.next(past) instanceof Verdict.Matched(String key, Decision decision)) {
        decided.add(
            new Decided(
                event.eventId().toString(), rule.ruleId(), rule.version(), key, shown(decision)));
      }
    }
    return decided;
  }

  private static String shown(Decision decision) {
    return switch (decision) {
      case Decision.Fired _ -> "fired";
      case Decision.Suppressed held ->
          held.reason().wire()
              + " "
              + (held.until() == null ? "" : InstantCodec.format(held.until()));
    };
  }

  private static RuleSettings settings() {
    return switch (new SettingReader(ZoneOffset.UTC)
        .with(
            RuleSettings.DEFAULT, "quiet_hours.night", (ObjectNode) PipelineFixture.json(NIGHT))) {
      case Parsed.Good<RuleSettings>(RuleSettings settings) -> settings;
      case Parsed.Bad<RuleSettings>(String message) -> throw new AssertionError(message);
    };
  }

  private static Rule read(ObjectNode json) {
    return switch (RuleReader.readStored(json)) {
      case RuleReading.Accepted(Rule rule) -> rule;
      case RuleReading.Rejected(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static List<ObjectNode> rules(Random random) {
    var rules = new ArrayList<ObjectNode>();
    for (int i = 0; i < 5; i++) {
      rules.add(rule("rule-" + i, 1 + random.nextInt(9), random));
    }
    return rules;
  }

  private static ObjectNode rule(String id, int version, Random random) {
    var rule =
        (ObjectNode)
            PipelineFixture.json(
                pick(
                    random,
                    "{'conditions':{'field':'content.structured.id','op':'matches','value':'cover-*'}}",
                    "{'conditions':{'field':'content.structured.id','op':'in','value':['cover-1','cover-2']}}",
                    "{'conditions':{'field':'content.structured.n','op':'lt','value':3}}",
                    "{'conditions':{'time_window':{'days':['sat','sun'],'start':'20:00','end':'06:00','timezone':'Europe/Berlin'}}}"));
    rule.put("rule_id", id).put("version", version).put("name", id);
    rule.put("enabled", true).put("priority", random.nextInt(5));
    rule.set(
        "actions", PipelineFixture.json("[{'type':'call_tool','tool':'noop','action':'run'}]"));
    maybe(random, rule, "key", "${content.structured.id}", "${content.structured.none}");
    rule.put("debounce_ms", Long.parseLong(pick(random, "0", "0", "1", "5000", "3600000")));
    if (random.nextBoolean()) {
      rule.put("dedupe_window_ms", Long.parseLong(pick(random, "1000", "30000", "7200000")));
      maybe(random, rule, "dedupe_key", "${content.structured.n}", "${content.structured.id}");
    }
    maybe(random, rule, "quiet_hours_policy_id", "night", "unknown");
    rule.put("max_per_minute", Integer.parseInt(pick(random, "2", "9", "60", "6000")));
    return rule;
  }

  private static void maybe(Random random, ObjectNode rule, String member, String... values) {
    if (random.nextBoolean()) {
      rule.put(member, pick(random, values));
    }
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  private static String event(Random random) {
    Map<String, Object> structured =
        Map.of("id", "cover-" + random.nextInt(4), "n", random.nextInt(6));
    ObjectNode event = Json.object().put("channel", "ha_event").put("connector_id", "house");
    event.set("structured", Json.mapper().valueToTree(structured));
    return event.toString();
  }
}
