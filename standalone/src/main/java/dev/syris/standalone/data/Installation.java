package dev.syris.standalone.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie in a data folder, for those who only read it: the command line beside a running
 * SYRIS.
 */
public record Installation(Path folder) {

  public Path operatorToken() {
    return folder.resolve("operator.token");
  }

  public Path settings() {
    return folder.resolve("syris.yml");
  }

  public Path producerProperties() {
    return folder.resolve("producer.properties");
  }

  /** The keys the secrets are sealed with. */
  public Path secretsKey() {
    return folder.resolve("secrets.key");
  }

  /** The address of the gateway as of the last start. */
  public Path address() {
    return folder.resolve("address");
  }

  /** The folder of a person who named none. */
  public static Path defaultFolder() {
    return Path.of(System.getProperty("user.home"), ".syris");
  }

  /** The first line of one of these files, or a fallback where there is none. */
  public static String readOr(Path file, String fallback) throws IOException {
    return Files.exists(file) ? Files.readString(file).strip() : fallback;
  }
}
