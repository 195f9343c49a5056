package dev.syris.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostmasterFileTest {

  private static final List<String> LINES =
      List.of(
          "4711", "/data", "1795458514", "5432", "", "127.0.0.1", "  1234567    32768", "ready   ");

  @Test
  void shouldReadWhatAServerWrites() {
    // When
    var file = PostmasterFile.parse(LINES);
    // Then
    assertThat(file).contains(new PostmasterFile(4711, 5432, "ready"));
  }

  @Test
  void shouldNotBeReadyWhenTheFileIsHalfWritten() {
    // When
    var file = PostmasterFile.parse(LINES.subList(0, 3));
    // Then
    assertThat(file).contains(new PostmasterFile(4711, 0, ""));
    assertThat(file.orElseThrow().ready()).isFalse();
  }

  @Test
  void shouldBeNothingWhenTheFileIsEmptyOrTorn() {
    assertThat(PostmasterFile.parse(List.of())).isEmpty();
    assertThat(PostmasterFile.parse(List.of("", "/data"))).isEmpty();
  }

  @Test
  void shouldNotTakeAnotherProcessForTheServer() {
    // Given
    var file = new PostmasterFile(ProcessHandle.current().pid(), 5432, "ready");
    // When / Then
    assertThat(file.runs(Path.of("/data"))).isFalse();
  }
}
