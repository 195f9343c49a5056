package dev.syris.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.platform.secret.SecretName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretInputTest {

  private static final SecretName NAME = new SecretName("a/b");

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "hunter2\n", "hunter2\r\n"})
  void shouldTakeWhatIsPipedInWithoutItsLastLineEnd(String piped) throws IOException {
    assertThat(read(piped.getBytes(UTF_8))).isEqualTo("hunter2");
  }

  @Test
  void shouldKeepLineEndsWithinAValue() throws IOException {
    assertThat(read("-----BEGIN\nKEY\n\n".getBytes(UTF_8))).isEqualTo("-----BEGIN\nKEY\n");
  }

  @Test
  void shouldRefuseNothingAndWhatIsNoText() {
    assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("no value was given");
    assertThatThrownBy(() -> read("\n".getBytes(UTF_8))).hasMessageContaining("no value was given");
    assertThatThrownBy(() -> read(new byte[] {(byte) 0xff}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no UTF-8");
  }

  private static String read(byte[] piped) throws IOException {
    return SecretInput.read(NAME, null, new ByteArrayInputStream(piped)).reveal();
  }
}
