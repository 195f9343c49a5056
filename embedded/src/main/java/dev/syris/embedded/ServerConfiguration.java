package dev.syris.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files this program runs the server with; written at every start, so that they are never half
 * there for long.
 */
record ServerConfiguration(String settings, String access) {

  private static final String SETTINGS = "postgresql.conf";
  private static final String ACCESS = "pg_hba.conf";

  static ServerConfiguration of(EmbeddedPostgresSettings settings) {
    String own =
        "\n# Where.\nport = %d\nlog_directory = '%s'\n"
            .formatted(settings.port(), settings.log().toString().replace("'", "''"));
    return new ServerConfiguration(resource(SETTINGS) + own, resource(ACCESS));
  }

  void write(Path data) throws IOException {
    Files.writeString(data.resolve(SETTINGS), settings);
    Files.writeString(data.resolve(ACCESS), access);
  }

  /** Whether a server on the folder was started with the same. */
  boolean isIn(Path data) throws IOException {
    return Files.readString(data.resolve(SETTINGS)).equals(settings)
        && Files.readString(data.resolve(ACCESS)).equals(access);
  }

  private static String resource(String name) {
    try (InputStream stream = ServerConfiguration.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EmbeddedException(name + " can't be read: " + e.getMessage(), e);
    }
  }
}
