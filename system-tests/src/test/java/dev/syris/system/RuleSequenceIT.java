package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The same events through the running program, through the trial of the rules that met them, and
 * through the topology alone, in the order of append time, partition and offset: decision by
 * decision.
 */
@ExtendWith(SharedSyris.class)
class RuleSequenceIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static SyrisProcess syris;
  private static Http http;

  @TempDir private Path state;
  private Set<String> kept = Set.of();

  @BeforeAll
  static void start(SyrisProcess shared) throws Exception {
    syris = shared;
    http = syris.http();
    Map<String, String> hours = RuleSequence.quietHours(ZonedDateTime.now(ZoneOffset.UTC));
    for (Map.Entry<String, String> one : hours.entrySet()) {
      Http.Answer made = http.put("/quiet-hours/" + one.getKey(), one.getValue());
      assertThat(made.status()).as(made.text()).isEqualTo(201);
    }
  }

  /** The alarm of the one that tripped goes with it. */
  @AfterEach
  void forget() throws Exception {
    for (String rule : kept) {
      assertThat(http.delete("/rules/" + rule).status()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 20_261_126})
  void shouldDecideTheSameLiveOnTrialAndInTheTopologyAlone(long seed) throws Exception {
    // Given
    var sequence = new RuleSequence(seed);
    Set<String> rules = keep(sequence.rules());
    kept = rules;
    Instant since = Instant.now();
    // When
    var events = new LinkedHashSet<String>();
    for (ArrayNode burst : sequence.bursts()) {
      List<String> accepted = post(burst);
      await().atMost(SOON).until(() -> decided(since, Set.copyOf(accepted), rules));
      events.addAll(accepted);
    }
    Instant until = Instant.now().plusMillis(1);
    // Then
    var topology = new TopologyReplay(syris, state);
    assertThat(topology.partitions(events)).isGreaterThan(1);
    List<Decided> alone = topology.decide(rules, events);
    for (String rule : rules) {
      List<Decided> live = live(since, rule);
      assertThat(live).as(rule).isNotEmpty();
      // Switched off once it tripped, it may meet the last events no more.
      boolean all = !rule.equals(sequence.storm());
      assertSame(rule + " alone", live, of(alone, rule), all);
      assertSame(
          rule + " on trial",
          live.stream().map(Decided::withoutVersion).toList(),
          tried(rule, since, until),
          all);
    }
    assertThat(alone.stream().map(it -> it.what().split(" ")[0]))
        .contains("fired", "debounce", "dedupe", "quiet_hours", "tripped");
  }

  private static void assertSame(String of, List<Decided> live, List<Decided> other, boolean all) {
    assertThat(other).as(of).startsWith(live.toArray(Decided[]::new));
    if (all) {
      assertThat(live).as(of).hasSameSizeAs(other);
    } else {
      assertThat(live).as(of).anyMatch(it -> it.what().startsWith("tripped"));
    }
  }

  /** They hold for what comes a second later. */
  private static Set<String> keep(Map<String, String> rules) throws Exception {
    for (Map.Entry<String, String> rule : rules.entrySet()) {
      Http.Answer made = http.put("/rules/" + rule.getKey(), rule.getValue());
      assertThat(made.status()).as(made.text()).isEqualTo(201);
    }
    Instant live = Instant.now().plusSeconds(1);
    await().until(() -> Instant.now().isAfter(live));
    return rules.keySet();
  }

  private static List<String> post(ArrayNode burst) throws Exception {
    Http.Answer answer = http.post("/events", burst.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().valueStream().map(it -> it.path("event_id").asString()).toList();
  }

  /** Whether all is said about the events that will be. */
  private static boolean decided(Instant since, Set<String> events, Set<String> rules)
      throws Exception {
    List<JsonNode> routed =
        http.all("/routing-decisions?since=" + since).stream()
            .filter(decision -> events.contains(decision.path("event_id").asString()))
            .toList();
    long matches =
        routed.stream()
            .flatMap(decision -> decision.at("/match/rule_ids").valueStream())
            .filter(rule -> rules.contains(rule.asString()))
            .count();
    long said =
        said(since).stream()
            .filter(audit -> events.contains(audit.at("/refs/event_id").asString()))
            .filter(audit -> rules.contains(audit.at("/refs/rule_id").asString()))
            .count();
    return routed.size() == events.size() && said == matches;
  }

  private static List<JsonNode> said(Instant since) throws Exception {
    var said = new ArrayList<JsonNode>(http.all("/audit?type=rule.triggered&since=" + since));
    said.addAll(http.all("/audit?type=rule.suppressed&since=" + since));
    said.sort(Comparator.comparingLong(audit -> audit.path("sequence").asLong()));
    return said;
  }

  private static List<Decided> live(Instant since, String rule) throws Exception {
    return of(said(since).stream().map(Decided::told).toList(), rule);
  }

  private static List<Decided> of(List<Decided> decided, String rule) {
    return decided.stream().filter(it -> it.rule().equals(rule)).toList();
  }

  private static List<Decided> tried(String rule, Instant since, Instant until) throws Exception {
    Http.Answer trial =
        http.post(
            "/rules/simulate",
            "{\"rule_id\":\"%s\",\"since\":\"%s\",\"until\":\"%s\"}".formatted(rule, since, until));
    assertThat(trial.status()).as(trial.text()).isEqualTo(200);
    return trial.json().path("samples").valueStream().map(it -> Decided.tried(rule, it)).toList();
  }
}
