package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a person types, and the one clear line for each thing that can be wrong. */
@ExtendWith(SharedSyris.class)
class CommandLineIT {

  private static SyrisProcess syris;

  @TempDir private Path scratch;

  @BeforeAll
  static void start(SyrisProcess shared) {
    syris = shared;
  }

  private record Ended(int code, String output) {}

  private static Ended run(String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(SyrisProcess.command(arguments)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  @Test
  void shouldSayWhoRunsWhenTheFolderIsInUse() throws Exception {
    // When
    Ended ended = run("up", "--data", syris.folder().toString(), "--port", "0");

    // Then
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output().strip().lines())
        .singleElement()
        .asString()
        .contains("already runs", "--data");
  }

  @Test
  void shouldNameThePortWhenItIsTaken() throws Exception {
    // When
    Ended ended =
        run(
            "up",
            "--data",
            scratch.resolve("data").toString(),
            "--port",
            Integer.toString(syris.port()));

    // Then
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains("port " + syris.port()).contains("--port");
    assertThat(ended.output()).doesNotContain("Exception");
  }

  @Test
  void shouldNameTheFolderWhenItCannotBeWritten() throws Exception {
    // Given
    Path file = Files.writeString(scratch.resolve("file"), "in the way");

    // When
    Ended ended = run("up", "--data", file.resolve("data").toString());

    // Then
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output().strip().lines())
        .singleElement()
        .asString()
        .contains(file.toString(), "--data");
  }

  @Test
  void shouldPlanNothingForRulesThatWereJustExported() throws Exception {
    // Given
    String rule =
        """
        {"name":"on","conditions":{"field":"content.text","op":"in","value":["no","010",1.50]},"debounce_ms":5000,
         "actions":[{"type":"emit_event","channel":"api","structured":{"of":"${content.structured.id}"}}]}
        """;
    assertThat(syris.http().put("/rules/exported", rule).status()).isEqualTo(201);
    String folder = scratch.resolve("rules").toString();

    // When
    Ended exported = run("rules", "export", folder, "--data", syris.folder().toString());
    Ended planned = run("rules", "import", folder, "--yes", "--data", syris.folder().toString());

    // Then
    assertThat(exported.code()).as(exported.output()).isZero();
    assertThat(Path.of(folder, "exported.yml")).content().contains("name: 'on'");
    assertThat(planned.code()).as(planned.output()).isZero();
    assertThat(planned.output()).contains("keep       exported", "nothing to do");
    JsonNode kept = syris.http().get("/rules/exported").json();
    assertThat(kept.path("version").asInt()).isEqualTo(1);
    assertThat(syris.http().delete("/rules/exported").status()).isEqualTo(204);
  }

  @Test
  void shouldPrintTheTraceWhenAnEventIsSent() throws Exception {
    // When
    Ended ended = run("event", "set a timer for 10 minutes", "--data", syris.folder().toString());

    // Then
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).containsPattern("trace_id +[0-9a-f-]{36}");
  }

  @Test
  void shouldShowEachTraceWhenTheDemoRuns() throws Exception {
    // When
    Ended ended = run("demo", "--data", syris.folder().toString());

    // Then
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("event.ingested", "tool_call.succeeded", "event.deduped");
  }

  @Test
  void shouldSayThatTheChainIsWholeWhenAsked() throws Exception {
    // When
    Ended ended = run("audit", "verify", "--data", syris.folder().toString());

    // Then
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).startsWith("valid:");
  }

  @Test
  void shouldSayHowToStartWhenNothingAnswers() throws Exception {
    // When
    Ended ended =
        run("event", "status", "--url", "http://127.0.0.1:1", "--data", syris.folder().toString());

    // Then
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains("./syris up");
  }

  @Test
  void shouldRunBesideAnotherWhenTheFolderIsAnother() throws Exception {
    // When
    try (SyrisProcess other = SyrisProcess.start()) {
      // Then
      assertThat(other.http().get("/state").status()).isEqualTo(200);
      assertThat(syris.http().get("/state").status()).isEqualTo(200);
    }
  }
}
