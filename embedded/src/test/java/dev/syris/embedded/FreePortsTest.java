package dev.syris.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {

  @TempDir private Path folder;

  @Test
  void shouldGiveDifferentPortsBelowTheEphemeralOnes() {
    // When
    var ports = FreePorts.find(20);
    // Then
    assertThat(new HashSet<>(ports)).hasSize(20).allMatch(port -> port < 32_768);
  }

  @Test
  void shouldNameThePortWhenItIsTaken() throws Exception {
    // Given
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When / Then
      assertThatThrownBy(() -> FreePorts.requireFree("Kafka", taken.getLocalPort()))
          .isInstanceOf(EmbeddedException.class)
          .hasMessage(
              "port %d for Kafka is taken on 127.0.0.1; free it or name another",
              taken.getLocalPort());
    }
  }

  @Test
  void shouldGiveTheSamePortsWhenAskedAgain() {
    // Given
    Path file = folder.resolve("ports.properties");
    var first = RememberedPorts.in(file);
    int kafka = first.port("kafka");
    int postgres = first.port("postgres");
    // When
    var second = RememberedPorts.in(file);
    // Then
    assertThat(second.port("postgres")).isEqualTo(postgres);
    assertThat(second.port("kafka")).isEqualTo(kafka).isNotEqualTo(postgres);
  }

  @Test
  void shouldTakeAnotherPortWhenSomebodyHasTakenTheRememberedOne() throws Exception {
    // Given
    Path file = folder.resolve("ports.properties");
    int remembered = RememberedPorts.in(file).port("kafka");
    try (var _ = new ServerSocket(remembered, 1, InetAddress.getLoopbackAddress())) {
      // When
      int port = RememberedPorts.in(file).port("kafka");
      // Then
      assertThat(port).isNotEqualTo(remembered);
      assertThat(RememberedPorts.in(file).port("kafka")).isEqualTo(port);
    }
  }

  @Test
  void shouldKeepThePortWhenItIsTakenByOurselves() throws Exception {
    // Given
    Path file = folder.resolve("ports.properties");
    int remembered = RememberedPorts.in(file).port("postgres");
    try (var _ = new ServerSocket(remembered, 1, InetAddress.getLoopbackAddress())) {
      // When
      int port = RememberedPorts.in(file).port("postgres", taken -> taken == remembered);
      // Then
      assertThat(port).isEqualTo(remembered);
    }
  }

  @Test
  void shouldStartAfreshWhenTheFileMakesNoSense() throws Exception {
    // Given
    Path file =
        Files.writeString(folder.resolve("ports.properties"), "kafka=many\npostgres=\n\u0000");
    // When
    int port = RememberedPorts.in(file).port("kafka");
    // Then
    assertThat(Files.readString(file)).isEqualTo("kafka=" + port + "\n");
  }
}
