package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code /health} tells how the run before came to its end, as the program's launcher starts it.
 */
class CrashReportIT {

  private SyrisProcess syris;

  @BeforeEach
  void start() throws Exception {
    syris = SyrisProcess.startReportingCrashes();
  }

  @AfterEach
  void stop() throws Exception {
    syris.close();
  }

  @Test
  void shouldTellACrashFromAKillAndAKillFromAStop() throws Exception {
    // Given
    assertThat(restartReason()).isEqualTo("first_start");

    // When
    syris.crash();
    syris.launch();

    // Then
    assertThat(reports()).hasSize(1);
    assertThat(restartReason()).isEqualTo("crashed");

    // When: the report of the crash is still there
    syris.kill();
    syris.launch();

    // Then
    assertThat(restartReason()).isEqualTo("killed");

    // When
    syris.stop();
    syris.launch();

    // Then
    assertThat(restartReason()).isEqualTo("clean");
    assertThat(reports()).hasSize(1);
  }

  private String restartReason() throws Exception {
    return syris.http().get("/health").json().path("restart_reason").asString("");
  }

  private List<Path> reports() throws IOException {
    try (var files = Files.list(syris.crashReports())) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err_")).toList();
    }
  }
}
