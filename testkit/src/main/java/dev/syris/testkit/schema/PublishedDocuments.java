package dev.syris.testkit.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Finds the folder {@code docs}, from whichever module a test runs in. */
public final class PublishedDocuments {

  private static final String SCHEMA_SUFFIX = ".schema.json";

  private PublishedDocuments() {}

  /** The description of the topics. */
  public static JsonNode asyncApi() {
    return new YAMLMapper().readTree(read("asyncapi.yaml"));
  }

  /** The names of all schemas, without {@code .schema.json}. */
  public static List<String> schemas() {
    try (var files = Files.list(docs().resolve("schemas"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SCHEMA_SUFFIX))
          .map(name -> name.substring(0, name.length() - SCHEMA_SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String schema(String name) {
    return read("schemas/" + name + SCHEMA_SUFFIX);
  }

  private static String read(String path) {
    try {
      return Files.readString(docs().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException("no document docs/" + path, e);
    }
  }

  private static Path docs() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("docs/schemas"))) {
        return folder.resolve("docs");
      }
    }
    throw new IllegalStateException("no folder docs/schemas above " + Path.of("").toAbsolutePath());
  }
}
