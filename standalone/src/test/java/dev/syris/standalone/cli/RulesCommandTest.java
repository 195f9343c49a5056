package dev.syris.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Rules as files: what is written, what is planned, and that nothing else is done. */
class RulesCommandTest {

  private static final String DOOR =
      """
      {"name":"door","enabled":true,"priority":0,
       "conditions":{"field":"content.structured.state","op":"eq","value":"on"},
       "actions":[{"type":"notify","message":"${content.structured.id}: open","target":"phone"}],
       "debounce_ms":60000}
      """;

  /** Values that YAML would read as something else if they were written as they are. */
  private static final String TRICKY =
      """
      {"name":"no","enabled":false,"priority":-7,
       "conditions":{"any":[
         {"field":"content.text","op":"in","value":["yes","on","010","0x1f","1_000","12:30","1e3","~","null","",
            " a ","a: b","# a","- a","&a","*a","!a","%a","@a","`a","<<","=","?","é 😀","a\\nb\\n","a\\tb","'\\"",
            "2026-01-31","2026-01-31T08:00:00Z","${content.text}","{{a}}","[a]","{a: b}"]},
         {"field":"content.structured.n","op":"in","value":[0,-1,1.5,0.1,1e-7,12345678901234567890,true,false]}]},
       "actions":[{"type":"emit_event","channel":"api","structured":{"on":{"no":[]},"deep":[[1,[2,{"x":{}}]]]}}]}
      """;

  @TempDir private Path data;
  @TempDir private Path folder;
  private RuleKeeper keeper;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    Files.writeString(data.resolve("operator.token"), "secret-token\n");
    keeper = new RuleKeeper();
  }

  @AfterEach
  void stop() {
    keeper.close();
  }

  private Ended run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--data", data.toString(), "--url", keeper.url()))
                    .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private Ended load(String... options) {
    return run(
        Stream.concat(Stream.of("rules", "import", folder.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void shouldWriteAFileForEachRuleWithoutWhatIsOnlyToldOfIt() throws IOException {
    // Given
    keeper.put("a", DOOR);
    keeper.put("b", DOOR);
    keeper.put("c.d_e-F", TRICKY);
    // When
    Ended ended = run("rules", "export", folder.resolve("new/one").toString());
    // Then
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("3 rules");
    try (Stream<Path> files = Files.list(folder.resolve("new/one"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.yml", "b.yml", "c.d_e-F.yml");
    }
    assertThat(Files.readString(folder.resolve("new/one/a.yml")))
        .contains("name: door", "debounce_ms: 60000")
        .doesNotContain("version", "hits", "suppressions", "last_fired_at", "_at:", "rule_id");
  }

  @Test
  void shouldPlanNothingForWhatWasJustExported() {
    // Given
    keeper.put("a", DOOR);
    keeper.put("tricky", TRICKY);
    keeper.put("z", DOOR);
    run("rules", "export", folder.toString());
    // When
    Ended ended = load("--yes", "--prune");
    // Then
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .containsExactly("keep       a", "keep       tricky", "keep       z", "nothing to do");
    assertThat(keeper.changes()).isEmpty();
  }

  @Test
  void shouldBringBackElsewhereWhatWasExported() {
    // Given
    keeper.put("a", DOOR);
    keeper.put("tricky", TRICKY);
    run("rules", "export", folder.toString());
    ObjectNode before = keeper.rules().get("tricky").deepCopy();
    keeper.rules().clear();
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(keeper.changes()).containsExactly("PUT a", "PUT tricky");
    assertThat(Json.bytes(keeper.rules().get("tricky"))).isEqualTo(Json.bytes(before));
  }

  @Test
  void shouldShowThePlanAndChangeNothingUntilItIsToldTo() throws IOException {
    // Given
    keeper.put("changed", DOOR);
    keeper.put("gone", DOOR);
    keeper.put("same", DOOR);
    file("same.yml", yaml("60000"));
    file("changed.yml", yaml("5000").replace("on\"}", "off\"}"));
    file("new.yml", yaml("60000"));
    file("notes.txt", "not mine");
    // When
    Ended planned = load();
    List<String> changesPlanned = List.copyOf(keeper.changes());
    Ended done = load("--yes");
    // Then
    assertThat(planned.code()).isZero();
    assertThat(planned.out().lines())
        .containsExactly(
            "replace    changed (conditions, debounce_ms)",
            "leave      gone",
            "create     new",
            "keep       same",
            "nothing is changed yet; --yes does it");
    assertThat(changesPlanned).isEmpty();
    assertThat(done.out().lines()).endsWith("done");
    assertThat(keeper.changes()).containsExactly("PUT changed \"1\"", "PUT new");
    assertThat(keeper.rules()).containsOnlyKeys("changed", "gone", "new", "same");
  }

  @Test
  void shouldDeleteWhatHasNoFileOnlyWhereThatIsAskedFor() throws IOException {
    // Given
    keeper.put("gone", DOOR);
    keeper.put("same", DOOR);
    file("same.yml", yaml("60000"));
    // When
    Ended planned = load("--prune");
    List<String> changesPlanned = List.copyOf(keeper.changes());
    load("--prune", "--yes");
    // Then
    assertThat(planned.out().lines()).startsWith("delete     gone", "keep       same");
    assertThat(changesPlanned).isEmpty();
    assertThat(keeper.changes()).containsExactly("DELETE gone \"1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: !!javax.script.ScriptEngineManager []         | line 1, column 7:  | Global tag is not allowed
          name: x\\nconditions: !own {a: b}                     | line 2, column 1:  | /conditions has a tag
          name: &a x\\nkey: v                                   | line 1, column 1:  | /name has an anchor
          name: x\\nkey: *nowhere                               | line 2, column 6:  | undefined alias
          name: x\\nname: y                                     | line 2, column 1:  | /name is written twice
          name: x\\n<<: {priority: 1}                           | line 1, column 1:  | no plain text
          name: x\\nenabled: on                                 | line 2, column 1:  | more than one way
          name: 'x                                              | line               | is not YAML
          - name: x                                             | line 1, column 1:  | no mapping
          name: x\\nconditions: {field: a..b, op: exists}       | line 2, column 14: | /conditions/field
          name: x\\nkey: "${__proto__.polluted}"                | line 2, column 1:  | /key
          name: x\\nrule_id: ../../etc/passwd                   | line 2, column 1:  | /rule_id is
          name: x\\nrule_id: other                              | line 2, column 1:  | the rule here is
          """)
  void shouldRefuseAFileWithItsNameLineAndColumnAndChangeNothing(
      String text, String place, String message) throws IOException {
    // Given
    file("a.yml", yaml("60000"));
    file("bad.yml", text.replace("\\n", "\n"));
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(folder.resolve("bad.yml") + ": " + place)
                    .contains(message))
        .allSatisfy(line -> assertThat(line).startsWith(folder.resolve("bad.yml").toString()));
    assertThat(keeper.changes()).isEmpty();
  }

  @Test
  void shouldTakeNoBombForARule() throws IOException {
    // Given
    var bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    file("bomb.yml", bomb.toString());
    file("deep.yml", "a: ".repeat(5_000) + "x");
    file("long.yml", "name: " + "x".repeat(1 << 20));
    Files.write(folder.resolve("bytes.yml"), new byte[] {'n', ':', ' ', (byte) 0xff, (byte) 0xfe});
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.code()).isEqualTo(1);
    for (String file : List.of("bomb.yml", "deep.yml", "long.yml", "bytes.yml")) {
      assertThat(ended.err()).contains(folder.resolve(file) + ": line 1, column ");
    }
    assertThat(ended.err()).doesNotContain("Exception", "\tat ");
    assertThat(keeper.changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..yml",
        "...yml",
        ".hidden.yml",
        "a b.yml",
        "a%2fb.yml",
        "~.yml",
        "-x.yml",
        "é.yml"
      })
  void shouldRefuseAFileWhoseNameIsNoId(String name) throws IOException {
    // Given
    file(name, yaml("60000"));
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains(folder.resolve(name) + ": ", "is no id of a rule");
    assertThat(keeper.changes()).isEmpty();
  }

  @Test
  void shouldNotPassOverWhatWasMeantToBeARule() throws IOException {
    // Given
    file("door.yaml", yaml("60000"));
    Files.createDirectory(folder.resolve("more.yml"));
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines())
        .containsExactly(
            folder.resolve("door.yaml") + ": is not read; rename it to end with .yml",
            folder.resolve("more.yml") + ": is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escaped", "/tmp/escaped", "a/b", "", ".", "a\u0000b"})
  void shouldWriteNoFileForWhatIsNoId(String id) throws IOException {
    // Given
    keeper.put("a", DOOR);
    keeper.put(id, DOOR);
    Path out = folder.resolve("out");
    // When
    Ended ended = run("rules", "export", out.toString());
    // Then
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("is no id of one");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void shouldStopWhereSomebodyChangedARuleMeanwhile() throws IOException {
    // Given
    keeper.put("a", DOOR);
    file("a.yml", yaml("1"));
    keeper.afterListing(() -> keeper.put("a", DOOR));
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("412 precondition_failed");
    assertThat(keeper.changes()).isEmpty();
    assertThat(keeper.rules().get("a").path("version").asInt()).isEqualTo(2);
  }

  @Test
  void shouldNotReplaceARuleThatSomebodyMadeMeanwhile() throws IOException {
    // Given
    file("a.yml", yaml("1"));
    keeper.afterListing(() -> keeper.put("a", DOOR));
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.out()).startsWith("create     a");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("412 precondition_failed");
    assertThat(keeper.rules().get("a").path("debounce_ms").asInt()).isEqualTo(60_000);
  }

  @Test
  void shouldChangeNothingWhereAFileNamesQuietHoursThereAreNot() throws IOException {
    // Given
    file("a.yml", yaml("1"));
    file("b.yml", yaml("1") + "quiet_hours_policy_id: night\n");
    file("c.yml", yaml("1") + "quiet_hours_policy_id: fiesta\n");
    // When
    Ended ended = load("--yes");
    // Then
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines())
        .containsExactly(
            folder.resolve("c.yml") + ": /quiet_hours_policy_id: there are no quiet hours fiesta");
    assertThat(keeper.changes()).isEmpty();
  }

  @Test
  void shouldSayThatThereIsNoFolder() {
    // When
    Ended ended = run("rules", "import", folder.resolve("nowhere").toString());
    // Then
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("there is no folder " + folder.resolve("nowhere"));
  }

  private static String yaml(String debounce) {
    return """
        name: door
        conditions: {field: content.structured.state, op: eq, value: "on"}
        actions:
          - {type: notify, message: "${content.structured.id}: open", target: phone}
        debounce_ms: %s
        """
        .formatted(debounce);
  }
}
