package dev.syris.standalone.cli;

import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.SecretVault;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes in a secret's value: from a prompt that does not echo, or from what is piped in. */
final class SecretInput {

  private SecretInput() {}

  /**
   * The value; of piped input one line end at its end is not part of it.
   *
   * @throws IOException where nothing comes, too much, or no UTF-8
   */
  static SecretValue read(SecretName name, @Nullable Console console, InputStream piped)
      throws IOException {
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Value of %s (not shown): ", name);
      if (typed == null || typed.length == 0) {
        throw new IOException("no value was given; nothing is changed");
      }
      return new SecretValue(new String(typed));
    }
    return new SecretValue(withoutLineEnd(text(piped.readNBytes(SecretVault.MAX_BYTES + 3))));
  }

  private static String text(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("the value is no UTF-8 text; encode it, as base64 for example", e);
    }
  }

  private static String withoutLineEnd(String text) throws IOException {
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    String value = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (value.isEmpty()) {
      throw new IOException("no value was given; nothing is changed");
    }
    return value;
  }
}
