package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules through the packaged program. */
class RuleIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static SyrisProcess syris;

  @BeforeAll
  static void start() throws Exception {
    syris = SyrisProcess.start();
  }

  @AfterAll
  static void stop() throws Exception {
    syris.close();
  }

  @Test
  void shouldFireOnceOfFiveWithinTheWindowAndMakeAChildInTheSameTrace() throws Exception {
    // Given
    rule(
        "door-log",
        """
        {"name":"door","conditions":{"all":[
           {"field":"source.channel","op":"eq","value":"ha_event"},
           {"field":"content.structured.entity","op":"eq","value":"door"}]},
         "actions":[{"type":"emit_event","channel":"api","text":"the door",
                     "structured":{"state":"${content.structured.state}"}}],
         "debounce_ms":600000}
        """);
    // When
    String first = event("door");
    for (int i = 0; i < 4; i++) {
      event("door");
    }
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(of("door-log", "rule.triggered")).hasSize(1);
              assertThat(of("door-log", "rule.suppressed"))
                  .hasSize(4)
                  .allMatch(it -> it.at("/details/reason").asString().equals("debounce"));
            });
    assertThat(of("door-log", "rule.triggered").getFirst().path("trace_id").asString())
        .isEqualTo(first);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(http().all("/events?trace_id=" + first))
                    .anySatisfy(
                        child -> {
                          assertThat(child.at("/content/text").asString()).isEqualTo("the door");
                          assertThat(child.at("/correlation/parent_event_id").isString()).isTrue();
                          assertThat(child.at("/correlation/depth").asInt()).isEqualTo(1);
                        }));
  }

  @Test
  void shouldDecideAfterAKillInsideTheWindowAsItWouldHaveWithout() throws Exception {
    // Given
    rule(
        "window",
        """
        {"name":"window","conditions":{"field":"content.structured.entity","op":"eq","value":"window"},
         "actions":[{"type":"emit_event","channel":"api","text":"the window"}],
         "debounce_ms":600000}
        """);
    String first = event("window");
    await().atMost(SOON).until(() -> of("window", "rule.triggered").size() == 1);
    event("window");
    event("window");
    // When
    syris.kill(); // nobody waited for what was said of the last two
    syris.launch();
    event("window");
    event("window");
    // Then
    await().atMost(SOON).until(() -> of("window", "rule.suppressed").size() == 4);
    JsonNode fired = of("window", "rule.triggered").getFirst();
    assertThat(of("window", "rule.triggered")).hasSize(1);
    assertThat(fired.path("trace_id").asString()).isEqualTo(first);
    Instant until = Instant.parse(fired.path("timestamp").asString()).plusSeconds(600);
    assertThat(of("window", "rule.suppressed"))
        .allSatisfy(
            held -> {
              assertThat(held.at("/details/reason").asString()).isEqualTo("debounce");
              assertThat(Instant.parse(held.at("/details/until").asString())).isEqualTo(until);
            });
  }

  @Test
  void shouldBeMetByEventsAsItWasLastWrittenAndNoMoreOnceItIsDeleted() throws Exception {
    // Given
    String body =
        """
        {"name":"gate","conditions":{"field":"content.structured.entity","op":"eq","value":"gate"},
         "actions":[{"type":"emit_event","channel":"api","text":"the gate"}],
         "debounce_ms":600000}
        """;
    rule("gate", body);
    event("gate");
    await().atMost(SOON).until(() -> versions("gate", "rule.triggered").contains(1L));
    // When
    Http.Answer changed = http().put("/rules/gate", body);
    // Then
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    await()
        .atMost(SOON)
        .until(
            () -> {
              event("gate");
              return versions("gate", "rule.triggered").contains(2L); // its history began anew
            });
    assertThat(http().all("/audit?type=operator.action.rule_replace"))
        .anySatisfy(
            audit -> {
              assertThat(audit.at("/refs/rule_id").asString()).isEqualTo("gate");
              assertThat(audit.at("/details/version").asLong()).isEqualTo(2);
            });
    assertThat(http().delete("/rules/gate").status()).isEqualTo(204);
    await().atMost(SOON).until(() -> !isMet("gate", event("gate")));
  }

  private static List<Long> versions(String rule, String type) throws Exception {
    return of(rule, type).stream()
        .map(audit -> audit.at("/details/rule_version").asLong())
        .toList();
  }

  /** Whether the event of a trace, once it is decided on, met a rule. */
  private static boolean isMet(String rule, String trace) throws Exception {
    List<JsonNode> decisions =
        await()
            .atMost(SOON)
            .until(() -> http().all("/routing-decisions?trace_id=" + trace), it -> !it.isEmpty());
    return decisions.getFirst().path("rule_versions").has(rule);
  }

  @Test
  void shouldSwitchOffARuleThatGoesOverItsLimitAndSaySo() throws Exception {
    // Given
    rule(
        "storm",
        """
        {"name":"storm","conditions":{"field":"content.structured.entity","op":"eq","value":"storm"},
         "actions":[{"type":"emit_event","channel":"api","text":"again"}],"max_per_minute":3}
        """);
    // When
    for (int i = 0; i < 8; i++) {
      event("storm");
    }
    // Then
    await()
        .atMost(SOON)
        .until(() -> !http().get("/rules/storm").json().path("enabled").asBoolean());
    assertThat(of("storm", "rule.triggered")).hasSize(3);
    assertThat(http().all("/alarms?type=rule.tripped")).hasSize(1);
    assertThat(http().patch("/rules/storm", "{\"enabled\":true}").status()).isEqualTo(200);
    assertThat(http().all("/alarms?type=rule.tripped").getFirst().path("status").asString())
        .isEqualTo("resolved");
  }

  @Test
  void shouldDecideLiveWhatItDecidesOnTrialOfTheSameEvents() throws Exception {
    // Given
    Instant since = Instant.now();
    rule(
        "sameness",
        """
        {"name":"sameness","conditions":{"field":"content.structured.entity","op":"matches","value":"cover-*"},
         "key":"${content.structured.entity}","debounce_ms":300,
         "dedupe_window_ms":60000,"dedupe_key":"${content.structured.state}",
         "actions":[{"type":"emit_event","channel":"api","text":"moved"}],"max_per_minute":6000}
        """);
    // When
    for (int i = 0; i < 60; i++) {
      event("cover-" + i % 3, "position-" + i % 11);
    }
    await()
        .atMost(SOON)
        .until(() -> of("sameness", "rule.triggered").size() + reasons("sameness").size() == 60);
    Http.Answer trial =
        http()
            .post(
                "/rules/simulate",
                "{\"rule_id\":\"sameness\",\"since\":\"%s\",\"until\":\"%s\"}"
                    .formatted(since, Instant.now()));
    // Then
    assertThat(trial.status()).as(trial.text()).isEqualTo(200);
    assertThat(trial.json().path("fired").asInt())
        .isEqualTo(of("sameness", "rule.triggered").size())
        .isPositive();
    JsonNode suppressed = trial.json().path("suppressed");
    assertThat(suppressed.propertyNames()).isNotEmpty();
    for (String reason : suppressed.propertyNames()) {
      assertThat(suppressed.path(reason).asInt())
          .as(reason)
          .isEqualTo(reasons("sameness").stream().filter(reason::equals).count());
    }
    JsonNode listed = http().get("/rules/sameness").json();
    assertThat(listed.path("hits").asInt()).isEqualTo(of("sameness", "rule.triggered").size());
  }

  @Test
  void shouldTellWhyARuleDidNotFire() throws Exception {
    // Given
    rule(
        "why",
        """
        {"name":"why","conditions":{"all":[
           {"field":"content.structured.entity","op":"eq","value":"lamp"},
           {"field":"content.structured.state","op":"eq","value":"off"}]},
         "actions":[{"type":"emit_event","channel":"api","text":"dark"}]}
        """);
    String trace = event("lamp");
    await().atMost(SOON).until(() -> !http().all("/events?trace_id=" + trace).isEmpty());
    String event = http().all("/events?trace_id=" + trace).getFirst().path("event_id").asString();
    // When
    JsonNode why = http().get("/rules/why/explain?event_id=" + event).json();
    // Then
    assertThat(why.path("outcome").asString()).isEqualTo("not_matched");
    assertThat(why.at("/unmet/path").asString()).isEqualTo("content.structured.state");
    assertThat(why.at("/unmet/seen").asString()).isEqualTo("open");
  }

  private static List<String> reasons(String rule) throws Exception {
    return of(rule, "rule.suppressed").stream()
        .map(audit -> audit.at("/details/reason").asString())
        .toList();
  }

  @Test
  void shouldPointAtWhatIsWrongWithARuleAndFireNoneThatIsSwitchedOff() throws Exception {
    // When
    Http.Answer wrong =
        http()
            .post(
                "/rules",
                "{\"name\":\"x\",\"conditions\":{\"field\":\"a\",\"op\":\"like\",\"value\":1},\"actions\":[]}");
    // Then
    assertThat(wrong.status()).as(wrong.text()).isEqualTo(422);
    assertThat(wrong.json().path("errors").valueStream().map(it -> it.path("pointer").asString()))
        .anyMatch(pointer -> pointer.startsWith("/conditions"));
  }

  @Test
  void shouldSeeThatTheSystemIsDegradedWhileThereIsAnAlarm() throws Exception {
    // Given
    rule(
        "worried",
        """
        {"name":"worried","conditions":{"all":[
           {"field":"content.structured.entity","op":"eq","value":"pulse"},{"system_status":"degraded"}]},
         "actions":[{"type":"emit_event","channel":"api","text":"something is wrong"}],"max_per_minute":6000}
        """);
    rule(
        "alarming",
        """
        {"name":"alarming","conditions":{"field":"content.structured.entity","op":"eq","value":"alarming"},
         "actions":[{"type":"emit_event","channel":"api","text":"again"}],"max_per_minute":1}
        """);
    // When
    event("alarming");
    event("alarming");
    // Then
    await().atMost(SOON).until(() -> isMet("worried", event("pulse")));
    assertThat(http().delete("/rules/alarming").status()).isEqualTo(204);
    await().atMost(SOON).until(() -> !isMet("worried", event("pulse")));
  }

  private static void rule(String id, String body) throws Exception {
    Http.Answer made = http().put("/rules/" + id, body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    // It holds for what comes a second later.
    Instant live = Instant.now().plusSeconds(1);
    await().until(() -> Instant.now().isAfter(live));
  }

  private static String event(String entity) throws Exception {
    return event(entity, "open");
  }

  private static String event(String entity, String state) throws Exception {
    return http()
        .accept(
            "{\"channel\":\"ha_event\",\"connector_id\":\"house\",\"structured\":{\"entity\":\"%s\",\"state\":\"%s\"}}"
                .formatted(entity, state));
  }

  private static List<JsonNode> of(String rule, String type) throws Exception {
    return http().all("/audit?type=" + type).stream()
        .filter(audit -> rule.equals(audit.at("/refs/rule_id").asString("")))
        .toList();
  }

  private static Http http() throws Exception {
    return syris.http();
  }
}
