package dev.syris.standalone.cli;

import dev.syris.rules.problem.Problem;
import dev.syris.rules.rule.PlacedProblem;
import dev.syris.rules.rule.Places;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import dev.syris.rules.rule.RuleYaml;
import dev.syris.rules.rule.YamlReading;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules as they are kept, and as they are in files. The name of a file is the rule's id. */
final class RuleFiles {

  private static final String ENDING = ".yml";

  /** What the rule is not, but what is told of it. */
  private static final List<String> TOLD =
      List.of(
          "rule_id",
          "version",
          "created_at",
          "updated_at",
          "hits",
          "suppressions",
          "last_fired_at");

  private RuleFiles() {}

  /** A rule as it is kept. */
  record Kept(long version, ObjectNode written) {}

  /**
   * What a folder holds.
   *
   * @param problems lines that say file, line, column and what is wrong
   */
  record Folder(Map<String, ObjectNode> rules, List<String> problems) {}

  /** All that are kept, by id. */
  static Map<String, Kept> kept(Client client) throws IOException {
    var rules = new TreeMap<String, Kept>();
    String path = "/rules?limit=500";
    String cursor = "";
    do {
      JsonNode page =
          client.get(
              cursor.isEmpty()
                  ? path
                  : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
      for (JsonNode item : page.path("items")) {
        ObjectNode written = ((ObjectNode) item).deepCopy();
        written.remove(TOLD);
        rules.put(
            item.path("rule_id").asString(), new Kept(item.path("version").asLong(), written));
      }
      cursor = page.path("next_cursor").asString("");
    } while (!cursor.isEmpty());
    return rules;
  }

  static void write(Path folder, String id, ObjectNode rule) throws IOException {
    Files.writeString(folder.resolve(id + ENDING), RuleYaml.write(rule));
  }

  /** Every rule of a folder, with every default filled in. */
  static Folder read(Path folder) throws IOException {
    var rules = new TreeMap<String, ObjectNode>();
    var problems = new ArrayList<String>();
    if (!Files.isDirectory(folder)) {
      problems.add("syris: there is no folder " + folder);
      return new Folder(rules, problems);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(ENDING)).sorted().toList()) {
        String name = file.getFileName().toString();
        String id = name.substring(0, name.length() - ENDING.length());
        if (RuleReader.isId(id)) {
          read(file, id, rules, problems);
        } else {
          problems.add(
              "%s: \"%s\" is no id of a rule; use letters, digits, dots, dashes, underscores"
                  .formatted(file, id));
        }
      }
    }
    return new Folder(rules, problems);
  }

  private static void read(
      Path file, String id, Map<String, ObjectNode> rules, List<String> problems)
      throws IOException {
    switch (RuleYaml.read(Files.readString(file))) {
      case YamlReading.Rejected(List<PlacedProblem> wrong) ->
          wrong.forEach(problem -> problems.add(file + ": " + problem));
      case YamlReading.Accepted(ObjectNode json, Places places) -> {
        switch (RuleReader.read(json, id, 1)) {
          case RuleReading.Accepted(Rule rule) -> {
            ObjectNode written = rule.written().deepCopy();
            written.remove(TOLD);
            rules.put(id, written);
          }
          case RuleReading.Rejected(List<Problem> wrong) ->
              places.place(wrong).forEach(problem -> problems.add(file + ": " + problem));
        }
      }
    }
  }
}
