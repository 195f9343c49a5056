package dev.syris.task.policy;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Requester;
import dev.syris.task.gate.Verdict;
import dev.syris.task.tool.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a policy over the defaults. Pure. */
final class PolicyReader {

  private static final Duration EXPIRY = Duration.ofHours(1);
  private static final int NOTIFICATIONS = 30;
  private static final int VERSION_DIGITS = 16;
  private static final String EXAMPLES = "examples";
  private static final ObjectNode DEFAULTS = PolicyYaml.of(defaultText()).content();

  private PolicyReader() {}

  /** The defaults as they are written. */
  static String defaultText() {
    try (InputStream in = PolicyReader.class.getResourceAsStream("default-policy.yml")) {
      if (in == null) {
        throw new IllegalStateException("default-policy.yml is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LaidDown defaults() {
    return switch (read("")) {
      case PolicyReading.Accepted(LaidDown policy, var _) -> policy;
      case PolicyReading.Rejected(var problems) ->
          throw new IllegalStateException("the default policy is none: " + problems);
    };
  }

  static PolicyReading read(PolicyFile file) {
    return switch (file) {
      case PolicyFile.Missing() -> read("");
      case PolicyFile.Text(String text) -> read(text);
      case PolicyFile.Unreadable(String why) ->
          new PolicyReading.Rejected(List.of(new PolicyProblem(1, 1, "", why)));
    };
  }

  static PolicyReading read(String text) {
    PolicyYaml yaml = PolicyYaml.of(text);
    var problems = new ArrayList<>(yaml.problems());
    ObjectNode effective = effective(yaml.content());
    var reader =
        new EntryReader(
            effective,
            "",
            (pointer, message) -> {
              if (!yaml.isUnread(pointer)) {
                problems.add(yaml.problem(pointer, message));
              }
            });
    LaidDown policy = policy(reader, yaml, version(effective));
    List<Example> examples = reader.list(EXAMPLES, PolicyReader::example);
    reader.end();
    problems.sort(
        Comparator.comparingInt(PolicyProblem::line).thenComparingInt(PolicyProblem::column));
    return problems.isEmpty()
        ? new PolicyReading.Accepted(policy, examples)
        : new PolicyReading.Rejected(problems);
  }

  /** The file's sections, and the defaults for what it lacks. */
  private static ObjectNode effective(ObjectNode written) {
    ObjectNode effective = DEFAULTS.deepCopy();
    for (var section : written.properties()) {
      if (!section.getValue().isNull()) {
        effective.set(section.getKey(), section.getValue());
      }
    }
    return effective;
  }

  /** The same for all that say the same; what examples say decides nothing. */
  private static String version(ObjectNode effective) {
    ObjectNode deciding = effective.deepCopy();
    deciding.remove(EXAMPLES);
    return "sha256:" + CanonicalJson.hash(deciding).substring(0, VERSION_DIGITS);
  }

  private static LaidDown policy(EntryReader reader, PolicyYaml yaml, String version) {
    return new LaidDown(
        version,
        reader.list(
            "risk",
            entry -> new LaidDown.RiskEntry(entry.match(), entry.choice("level", RiskLevel.class))),
        reader.list(
            "rules",
            entry ->
                new LaidDown.RuleEntry(
                    entry.match(), entry.choice("decision", LaidDown.Stance.class))),
        reader.list("destructive", EntryReader::match),
        reader.list("broadcast", EntryReader::match),
        reader.list(
            "blast_radius",
            entry ->
                new LaidDown.BlastEntry(entry.match(), entry.path("arg"), entry.number("limit"))),
        reader.list(
            "quiet_hours",
            entry ->
                new LaidDown.QuietEntry(
                    entry.text("policy", "none"), entry.match(), yaml.line(entry.pointer()))),
        reader.list(
            "anti_flap",
            entry -> new LaidDown.WindowEntry(entry.match(), entry.requiredDuration("window"))),
        reader.list(
            "secrets",
            entry -> new LaidDown.SecretEntry(entry.requiredGlob("secret"), entry.match())),
        reader.mapping(
            "notifications",
            entry ->
                new LaidDown.Notifications(
                    entry.count("limit_per_hour", NOTIFICATIONS), entry.globs("tools"))),
        reader.mapping("approvals", entry -> entry.positiveDuration("expire_after", EXPIRY)));
  }

  private static Example example(EntryReader entry) {
    String name = entry.text("name", "?");
    Given given = entry.mapping("given", PolicyReader::given);
    Expected expected = entry.mapping("expect", PolicyReader::expected);
    return new Example(
        name,
        given.subject(),
        given.autonomy(),
        expected.decision(),
        expected.risk(),
        expected.reasons());
  }

  private record Given(Subject subject, AutonomyLevel autonomy) {}

  private record Expected(
      Verdict decision, @Nullable RiskLevel risk, @Nullable List<String> reasons) {}

  private static Given given(EntryReader entry) {
    AutonomyLevel autonomy = entry.optionalChoice("autonomy", AutonomyLevel.class);
    RiskLevel risk = entry.optionalChoice("risk", RiskLevel.class);
    return new Given(
        new Subject(
            entry.text("tool", "?"),
            entry.text("action", "?"),
            entry.object("args"),
            risk == null ? RiskLevel.MEDIUM : risk,
            entry.flag("read_only", false),
            entry.optionalText("integration"),
            entry.mapping("requested_by", PolicyReader::requester),
            Set.copyOf(entry.texts("quiet"))),
        autonomy == null ? AutonomyLevel.A2 : autonomy);
  }

  private static Requester requester(EntryReader entry) {
    String type = entry.optionalText("type");
    String id = entry.optionalText("id");
    return new Requester(type == null ? "token" : type, id == null ? "operator" : id);
  }

  private static Expected expected(EntryReader entry) {
    return new Expected(
        entry.choice("decision", Verdict.class),
        entry.optionalChoice("risk", RiskLevel.class),
        entry.has("reasons") ? entry.texts("reasons") : null);
  }

  /** What a file says, with the defaults, as YAML can hold it. */
  static String shown(String text) {
    JsonNode effective = effective(PolicyYaml.of(text).content());
    return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(effective);
  }
}
