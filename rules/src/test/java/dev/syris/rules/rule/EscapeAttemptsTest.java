package dev.syris.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.suppress.Match;
import dev.syris.rules.template.Rendering;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ways out of the language that other languages have or had. Each is refused with a clear error or
 * is the plain text it is; nothing is evaluated.
 */
class EscapeAttemptsTest {

  private static final int AT_LEAST = 200;
  private static final String CANARY = "CANARY";
  private static final JsonNode EVENT =
      TestRules.json(
          """
          {'event_id':'e','actor':{'id':'CANARY'},'source':{'connector_id':'c'},
           'content':{'text':'CANARY','structured':{'a':'CANARY','n':7,'${a}':'CANARY'}}}
          """);

  /** What somebody would like to have evaluated. */
  private static final List<String> EXPRESSIONS =
      """
      7*7
      T(java.lang.Runtime).getRuntime().exec('id')
      ''.getClass().forName('java.lang.Runtime')
      content.text.class
      content.getClass()
      content.text.length()
      env:PATH
      jndi:ldap://127.0.0.1/a
      sys:user.home
      java:version
      lower:x
      script:javascript:7*7
      url:UTF-8:http://127.0.0.1
      file:UTF-8:/etc/passwd
      ::-j
      constructor.constructor('return process')()
      __proto__.polluted
      prototype.x
      this
      self
      process.env
      request.getParameter('x')
      @bean.method()
      #this
      new ProcessBuilder('id').start()
      System.exit(1)
      1/0
      content.text ?: 'x'
      content.text | upper
      content.structured[0]
      content['text']
      content.{text}
      ../secret
      secret:github/token
      $secret
      rules.0
      settings.autonomy
      """
          .lines()
          .toList();

  private static final List<String> WRAPPERS =
      List.of("${%s}", "#{%s}", "{{%s}}", "$(%s)", "a ${%s} b");

  private static final String GLOBS =
      """
      CANAR(Y|Z)
      ^CANARY$
      .+
      .*
      CANAR\\w
      \\p{Upper}+
      [[:upper:]][[:upper:]][[:upper:]][[:upper:]][[:upper:]][[:upper:]]
      (?i)canary
      (?s).*
      C.N.R.
      CANARY|x
      CANARY{1}
      CANA+RY
      (a+)+$
      ((((((((((a*)*)*)*)*)*)*)*)*)*)*b
      **********************************b
      *a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b
      (?=CANARY)CANARY
      \\QCANARY\\E
      \\x43ANARY
      \\u0043ANARY
      [!CANARY]*
      [Z-A]*
      [
      [!
      [^
      {CANARY,x}
      +(CANARY)
      @(CANARY|x)
      ${content.text}
      %CANARY%
      CANARY' OR '1'='1
      """;

  private static final String PATHS =
      """
      __proto__
      __proto__.polluted
      constructor
      constructor.prototype
      content.constructor
      content.__proto__.text
      content.text.class
      content.text.length
      content.class.name
      content['text']
      content["text"]
      content/text
      /content/text
      #/content/text
      $.content.text
      $..text
      @.content.text
      *
      content.*
      content.**
      **.text
      content..text
      .content.text
      content.text.
      content.[text]
      content.structured.-1
      content.structured[0]
      content.text()
      content.text | length
      content.text; drop table rules
      content.text' or '1'='1
      ../content.text
      ..%2fcontent
      file:///etc/passwd
      http://127.0.0.1/
      ${content.text}
      {content}.text
      #{content.text}
      content.text#x
      content.text\\u0000
      content . text
       content.text
      Content.Text
      CONTENT.TEXT
      content.TEXT
      event.content.text
      this.content.text
      env.PATH
      system.properties
      a.b.c.d.e.f.g.h.i.j.k.l
      """;

  private static final List<String> YAML =
      List.of(
          "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]",
          "name: !!java.io.File [/etc/passwd]",
          "name: !!javax.script.ScriptEngineManager []",
          "name: !!com.sun.rowset.JdbcRowSetImpl {dataSourceName: 'ldap://127.0.0.1/a'}",
          "name: !!python/object/apply:os.system ['id']",
          "name: !ruby/object:Gem::Installer {i: x}",
          "name: !<tag:yaml.org,2002:java.lang.String> x",
          "name: !!str {a: b}",
          "name: !!binary R0lGODlh",
          "name: !!set {a, b}",
          "name: !!omap [a: 1]",
          "name: !!pairs [a: 1]",
          "name: !!map [a]",
          "name: !!seq {a: b}",
          "name: !own x",
          "name: !own {a: 1}",
          "name: !own [1]",
          "!own {name: x}",
          "name: &a x",
          "name: &a [x]\nother: *a",
          "name: *nowhere",
          "name: &a {b: *a}",
          "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ne: [*d,*d]",
          "a: &a {x: 1}\nb: {<<: *a}",
          "<<: {name: x}",
          "b: {<<: [{a: 1}]}",
          "name: x\nname: y",
          "a: {b: 1, b: 2}",
          "'name': x\nname: y",
          "? {a: b}\n: c",
          "? [a]\n: c",
          "? &k name\n: c",
          "--- {name: x}\n--- {name: y}",
          "%TAG ! tag:evil,2000:\n---\n!x {name: x}",
          "[".repeat(1000),
          "{a: ".repeat(1000),
          "- ".repeat(1000) + "x",
          "a: " + "x".repeat(RuleYaml.MAX_LENGTH),
          "[x]",
          "x",
          "7",
          "~",
          "",
          "# only a remark",
          "name: 0o17",
          "name: 0x7f",
          "name: 0b1",
          "name: 190:20:30",
          "name: 1_000",
          "name: .nan",
          "name: -.inf",
          "name: +1",
          "name: on",
          "name: NO",
          "name: \"\\x00\"",
          "name: \"\\ud800\"",
          "name: 'x",
          "name: \u0000",
          "name:\tx\n\ty: z",
          "name: `id`",
          "name: @x",
          "name: %x",
          "include: !include /etc/passwd",
          "name: ${env:PATH}",
          "name: \"{{ 7*7 }}\"",
          "name: <%= 7*7 %>",
          "__proto__: {polluted: true}",
          "constructor: {prototype: {polluted: true}}");

  static Stream<String> templates() {
    return EXPRESSIONS.stream().flatMap(it -> WRAPPERS.stream().map(form -> form.formatted(it)));
  }

  static Stream<String> globs() {
    return GLOBS.lines();
  }

  static Stream<String> paths() {
    return PATHS.lines();
  }

  static Stream<String> yaml() {
    return YAML.stream();
  }

  /**
   * What is plain text or a plain glob is taken for that; these are refused, each for what it is.
   */
  @Test
  void shouldRefuseEnoughWithAClearError() {
    // When
    List<String> refused =
        Stream.of(
                templates().filter(it -> isRefused(withArgument(it))),
                globs().filter(it -> isRefused(withCondition(glob(it)))),
                paths().filter(it -> isRefused(withCondition(field(it)))),
                paths().filter(it -> isRefused(withKey(it))).map("${%s}"::formatted),
                yaml().filter(EscapeAttemptsTest::isRefusedYaml))
            .flatMap(it -> it)
            .distinct()
            .toList();

    // Then
    assertThat(refused).hasSizeGreaterThanOrEqualTo(AT_LEAST);
  }

  private static boolean isRefused(RuleReading reading) {
    return reading instanceof RuleReading.Rejected(List<Problem> problems)
        && !problems.isEmpty()
        && problems.stream().noneMatch(problem -> problem.message().isBlank());
  }

  private static boolean isRefusedYaml(String text) {
    return !(RuleYaml.read(text) instanceof YamlReading.Accepted accepted)
        || isRefused(RuleReader.read(accepted.json(), "r", 1));
  }

  private static RuleReading withArgument(String attempt) {
    ObjectNode rule = (ObjectNode) TestRules.complete("{}");
    ObjectNode action =
        rule.putArray("actions").addObject().put("type", "call_tool").put("tool", "t");
    action.put("action", "a").putObject("args").put("x", attempt);
    return RuleReader.read(rule, "r", 1);
  }

  private static RuleReading withKey(String attempt) {
    ObjectNode rule = (ObjectNode) TestRules.complete("{}");
    return RuleReader.read(rule.put("key", "${" + attempt + "}"), "r", 1);
  }

  private static RuleReading withCondition(ObjectNode condition) {
    ObjectNode rule = (ObjectNode) TestRules.complete("{}");
    rule.set("conditions", condition);
    return RuleReader.read(rule, "r", 1);
  }

  private static ObjectNode glob(String attempt) {
    return Json.object().put("field", "content.text").put("op", "matches").put("value", attempt);
  }

  private static ObjectNode field(String attempt) {
    return Json.object().put("field", attempt).put("op", "exists");
  }

  @ParameterizedTest
  @MethodSource("templates")
  void shouldEvaluateNothingInATemplate(String attempt) {
    // When
    RuleReading reading = withArgument(attempt);

    // Then
    switch (reading) {
      case RuleReading.Rejected(List<Problem> problems) ->
          assertClear(problems, "/actions/0/args/x");
      case RuleReading.Accepted(Rule accepted) ->
          assertThat(accepted.actions().getFirst().body().render(EVENT, 10_000))
              .isInstanceOfSatisfying(
                  Rendering.Rendered.class,
                  rendered ->
                      assertThat(rendered.value().get("x").asString())
                          .isEqualTo(attempt)
                          .doesNotContain(CANARY));
    }
  }

  @ParameterizedTest
  @MethodSource("globs")
  void shouldTakeAGlobForNothingElse(String attempt) {
    assertRefusedOrFalse(glob(attempt), "/conditions/value");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void shouldReachNothingButTheEventsFields(String attempt) {
    assertRefusedOrFalse(field(attempt), "/conditions/field");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void shouldReachNothingButTheEventsFieldsFromATemplate(String attempt) {
    switch (withKey(attempt)) {
      case RuleReading.Rejected(List<Problem> problems) -> assertClear(problems, "/key");
      case RuleReading.Accepted(Rule accepted) ->
          assertThat(Match.of(accepted, EVENT, Instant.EPOCH, RuleSettings.DEFAULT).key())
              .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void shouldReadPlainYamlOnly(String attempt) {
    switch (RuleYaml.read(attempt)) {
      case YamlReading.Rejected(List<PlacedProblem> problems) ->
          assertThat(problems)
              .isNotEmpty()
              .allSatisfy(
                  problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.message()).isNotBlank().hasSizeLessThanOrEqualTo(513);
                  });
      case YamlReading.Accepted accepted ->
          assertThat(RuleReader.read(accepted.json(), "r", 1))
              .isInstanceOfSatisfying(
                  RuleReading.Rejected.class,
                  rejected ->
                      assertThat(accepted.places().place(rejected.problems())).isNotEmpty());
    }
  }

  private static void assertRefusedOrFalse(ObjectNode condition, String pointer) {
    switch (withCondition(condition)) {
      case RuleReading.Rejected(List<Problem> problems) -> assertClear(problems, pointer);
      case RuleReading.Accepted(Rule accepted) ->
          assertThat(accepted.conditions().holds(EVENT, RuleSettings.DEFAULT.at(Instant.EPOCH)))
              .isFalse();
    }
  }

  private static void assertClear(List<Problem> problems, String pointer) {
    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(
            problem -> {
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.message()).isNotBlank();
            });
  }
}
