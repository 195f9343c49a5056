package dev.syris.task.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Requester;
import dev.syris.task.gate.Decision;
import dev.syris.task.gate.Gate;
import dev.syris.task.gate.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** All cells of the table, with and without everything that tightens it. */
class GateTableTest {

  private static final String TABLE =
      """
      A0 preview preview preview preview
      A1 confirm confirm confirm block
      A2 allow   confirm confirm block
      A3 allow   allow   confirm block
      A4 allow   allow   allow   confirm
      """;

  private static final String POLICY =
      """
      rules:
        - {tool: lamp, where: {arg: mode, equals: ask}, decision: ask}
        - {tool: lamp, where: {arg: mode, equals: deny}, decision: deny}
        - {tool: lamp, where: {arg: mode, matches: "*"}, decision: allow}
      quiet_hours:
        - {policy: night, tool: lamp}
      notifications: {limit_per_hour: 5, tools: [horn]}
      """;

  private static final LaidDown LAID_DOWN =
      ((PolicyReading.Accepted) PolicyReader.read(POLICY)).policy();

  /** What makes the table stricter, and how strict at least. */
  enum Override {
    NONE(Verdict.ALLOW, Set.of()),
    ALLOW(Verdict.ALLOW, Set.of()),
    ASK(Verdict.CONFIRM, Set.of("policy_ask")),
    DENY(Verdict.BLOCK, Set.of("policy_deny")),
    FOREIGN_SECRET(Verdict.CONFIRM, Set.of("secret_foreign")),
    OWN_SECRET(Verdict.ALLOW, Set.of()),
    EXPOSED_SECRET(Verdict.CONFIRM, Set.of("secret_exposed")),
    QUIET(Verdict.CONFIRM, Set.of("quiet_hours"));

    private final Verdict atLeast;
    private final Set<String> reasons;

    Override(Verdict atLeast, Set<String> reasons) {
      this.atLeast = atLeast;
      this.reasons = reasons;
    }

    Subject subject(RiskLevel risk) {
      ObjectNode args = Json.object();
      String tool = this == EXPOSED_SECRET ? "horn" : "lamp";
      switch (this) {
        case NONE, QUIET -> {}
        case ALLOW, ASK, DENY -> args.put("mode", name().toLowerCase(Locale.ROOT));
        case FOREIGN_SECRET -> args.putObject("token").put("$secret", "github/token");
        case OWN_SECRET -> args.putObject("token").put("$secret", "lamp/token");
        case EXPOSED_SECRET -> args.putObject("message").put("$secret", "horn/token");
      }
      return new Subject(
          tool,
          "go",
          args,
          risk,
          false,
          null,
          new Requester("token", "t"),
          this == QUIET ? Set.of("night") : Set.of());
    }
  }

  static Stream<Arguments> cells() {
    return TABLE
        .lines()
        .map(line -> line.split(" +"))
        .flatMap(
            row ->
                Arrays.stream(RiskLevel.values())
                    .flatMap(
                        risk ->
                            Arrays.stream(Override.values())
                                .map(
                                    override ->
                                        Arguments.of(
                                            AutonomyLevel.valueOf(row[0]), risk, override))));
  }

  private static Verdict cell(AutonomyLevel level, RiskLevel risk) {
    String[] row = TABLE.lines().toList().get(level.ordinal()).split(" +");
    return Verdict.valueOf(row[1 + risk.ordinal()].toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldSayWhatTheTableSaysOrWhatIsStricter(
      AutonomyLevel level, RiskLevel declared, Override override) {
    // Given
    Assessment assessed = LAID_DOWN.assess(override.subject(declared));
    // When
    Decision decision = Gate.decide(level, assessed.risk().level(), assessed.tightenings());
    // Then
    boolean lowAtNight = override == Override.QUIET && declared == RiskLevel.LOW;
    RiskLevel risk =
        override == Override.QUIET && declared != RiskLevel.CRITICAL
            ? RiskLevel.values()[declared.ordinal() + 1]
            : declared;
    Verdict table = cell(level, risk);
    Verdict expected = table.compareTo(override.atLeast) > 0 ? table : override.atLeast;
    assertThat(assessed.risk().level()).isEqualTo(lowAtNight ? RiskLevel.MEDIUM : risk);
    assertThat(decision.byTable()).isEqualTo(table);
    assertThat(decision.verdict()).isEqualTo(expected);
    assertThat(Set.copyOf(decision.reasons())).isEqualTo(override.reasons);
  }

  private static final LaidDown RAISING =
      ((PolicyReading.Accepted)
              PolicyReader.read(
                  """
                  broadcast: [{tool: lamp, where: {arg: who, matches: "all*"}}]
                  destructive: [{tool: lamp, where: {arg: erase, equals: true}}]
                  blast_radius: [{tool: lamp, arg: lamps, limit: 2}]
                  quiet_hours: [{policy: night}]
                  """))
          .policy();

  static Stream<Arguments> raised() {
    return Stream.of(
        Arguments.of("{}", Set.of(), RiskLevel.LOW, List.of()),
        Arguments.of("{\"who\": \"all lamps\"}", Set.of(), RiskLevel.MEDIUM, List.of("broadcast")),
        Arguments.of(
            "{\"who\": [\"one\", \"all\"]}", Set.of(), RiskLevel.MEDIUM, List.of("broadcast")),
        Arguments.of("{\"erase\": true}", Set.of(), RiskLevel.MEDIUM, List.of("destructive")),
        Arguments.of("{\"lamps\": [1, 2]}", Set.of(), RiskLevel.LOW, List.of()),
        Arguments.of("{\"lamps\": [1, 2, 3]}", Set.of(), RiskLevel.MEDIUM, List.of("blast_radius")),
        Arguments.of("{\"lamps\": 3}", Set.of(), RiskLevel.MEDIUM, List.of("blast_radius")),
        Arguments.of("{}", Set.of("night"), RiskLevel.MEDIUM, List.of("quiet_hours")),
        Arguments.of("{}", Set.of("noon"), RiskLevel.LOW, List.of()),
        Arguments.of(
            "{\"who\": \"all\", \"erase\": true, \"lamps\": 9}",
            Set.of("night"),
            RiskLevel.CRITICAL,
            List.of("broadcast", "destructive", "blast_radius", "quiet_hours")));
  }

  @ParameterizedTest
  @MethodSource("raised")
  void shouldRaiseTheRiskByOneForEachThatHolds(
      String args, Set<String> quiet, RiskLevel risk, List<String> reasons) {
    // When
    Assessment assessed = RAISING.assess(lamp(args, quiet));
    // Then
    assertThat(assessed.risk().level()).isEqualTo(risk);
    assertThat(assessed.risk().reasons()).isEqualTo(reasons);
  }

  static Stream<Arguments> loosened() {
    return Stream.of(
        Arguments.of("{\"lamps\": [\"hall\"]}", RiskLevel.LOW, List.of()),
        Arguments.of("{\"lamps\": \"hall\"}", RiskLevel.LOW, List.of()),
        Arguments.of("{\"lamps\": [\"hall\", \"oven\"]}", RiskLevel.HIGH, List.of()),
        Arguments.of("{\"lamps\": []}", RiskLevel.HIGH, List.of()),
        Arguments.of("{\"lamps\": [\"hall\", \"heater\"]}", RiskLevel.CRITICAL, List.of()),
        Arguments.of(
            "{\"lamps\": [\"hall\"], \"key\": {\"$secret\": \"ha/token\"}}",
            RiskLevel.LOW,
            List.of()),
        Arguments.of(
            "{\"lamps\": [\"hall\", \"oven\"], \"key\": {\"$secret\": \"ha/token\"}}",
            RiskLevel.HIGH,
            List.of("secret_foreign")));
  }

  /**
   * One value of a list is enough to make the gate stricter, but all of them must be meant to
   * loosen it.
   */
  @ParameterizedTest
  @MethodSource("loosened")
  void shouldLoosenOnlyWhatIsMeantAsAWhole(String args, RiskLevel risk, List<String> reasons) {
    // Given
    LaidDown policy =
        ((PolicyReading.Accepted)
                PolicyReader.read(
                    """
                    risk:
                      - {tool: lamp, where: {arg: lamps, equals: hall}, level: low}
                      - {tool: lamp, where: {arg: lamps, equals: heater}, level: critical}
                    secrets:
                      - {secret: "ha/*", tool: lamp, where: {arg: lamps, equals: hall}}
                    """))
            .policy();
    Subject lamp = lamp(args, Set.of());
    var subject =
        new Subject(
            lamp.tool(),
            lamp.action(),
            lamp.args(),
            RiskLevel.HIGH,
            false,
            null,
            lamp.requestedBy(),
            Set.of());
    // When
    Assessment assessed = policy.assess(subject);
    // Then
    assertThat(assessed.risk().level()).isEqualTo(risk);
    assertThat(assessed.tightenings()).extracting("code").isEqualTo(reasons);
  }

  private static Subject lamp(String args, Set<String> quiet) {
    return new Subject(
        "lamp",
        "go",
        (ObjectNode) Json.mapper().readTree(args),
        RiskLevel.LOW,
        false,
        null,
        new Requester("token", "t"),
        quiet);
  }

  /** Whatever holds besides, the verdict is never milder than the table's for the declared risk. */
  @Property
  void shouldNeverBeMilderThanTheTable(
      @ForAll AutonomyLevel level,
      @ForAll RiskLevel declared,
      @ForAll Override override,
      @ForAll boolean erase,
      @ForAll boolean all,
      @ForAll boolean night) {
    Subject plain = override.subject(declared);
    ObjectNode args = plain.args().put("erase", erase).put("who", all ? "all" : "one");
    var subject =
        new Subject(
            plain.tool(),
            plain.action(),
            args,
            declared,
            false,
            null,
            plain.requestedBy(),
            night ? Set.of("night") : Set.of());
    for (Policy policy : List.of(LAID_DOWN, RAISING, new StrictPolicy(RAISING))) {
      Assessment assessed = policy.assess(subject);
      Decision decision = Gate.decide(level, assessed.risk().level(), assessed.tightenings());
      assertThat(decision.verdict()).isGreaterThanOrEqualTo(cell(level, declared));
    }
  }

  @Test
  void shouldNotHoldBackWhatOnlyReads() {
    // Given
    LaidDown policy =
        ((PolicyReading.Accepted) PolicyReader.read("anti_flap: [{tool: lamp, window: 10s}]"))
            .policy();
    Map<Boolean, Long> seconds = new HashMap<>();
    // When
    for (boolean readOnly : List.of(true, false)) {
      Subject lamp = lamp("{}", Set.of());
      var subject =
          new Subject(
              lamp.tool(),
              lamp.action(),
              lamp.args(),
              lamp.declared(),
              readOnly,
              null,
              lamp.requestedBy(),
              Set.of());
      seconds.put(readOnly, policy.assess(subject).antiFlap().toSeconds());
    }
    // Then
    assertThat(seconds).isEqualTo(Map.of(true, 0L, false, 10L));
  }
}
