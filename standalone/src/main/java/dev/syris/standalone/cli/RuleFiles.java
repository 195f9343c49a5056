package dev.syris.standalone.cli;

import dev.syris.contracts.json.StorableText;
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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules as they are kept, and as they are in files. The name of a file is the rule's id. */
final class RuleFiles {

  private static final String ENDING = ".yml";
  private static final String OTHER_ENDING = ".yaml";

  /** Of UTF-8. */
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  /** What the name of the file and the gateway say. */
  private static final List<String> KNOWN_BY = List.of("rule_id", "version");

  private RuleFiles() {}

  /** A rule as it is kept. */
  record Kept(long version, ObjectNode written) {}

  /**
   * What a folder holds.
   *
   * @param problems lines that say file, line, column and what is wrong
   */
  record Folder(Map<String, ObjectNode> rules, List<String> problems) {}

  /**
   * All that are kept, by id.
   *
   * @throws IOException also where something is told of that can be no rule's id, which would name
   *     a file elsewhere
   */
  static Map<String, Kept> kept(Client client) throws IOException {
    var rules = new TreeMap<String, Kept>();
    each(
        client,
        "/rules",
        item -> {
          String id = item.path("rule_id").asString("");
          if (!RuleReader.isId(id) || !(item instanceof ObjectNode rule)) {
            throw new IOException(
                "the gateway tells of a rule \"%s\", which is no id of one; nothing is done"
                    .formatted(StorableText.shown(id, 64)));
          }
          ObjectNode written = rule.deepCopy();
          written.remove(KNOWN_BY);
          written.remove(RuleReader.TOLD);
          rules.put(id, new Kept(item.path("version").asLong(), written));
        });
    return rules;
  }

  /**
   * What stands in the way of keeping the rules of a folder, as far as it is not in the files: a
   * line for each that names quiet hours there are not.
   */
  static List<String> lacking(Client client, Path folder, Map<String, ObjectNode> rules)
      throws IOException {
    var naming = new TreeMap<String, String>();
    rules.forEach(
        (id, rule) -> {
          String hours = rule.path("quiet_hours_policy_id").asString("");
          if (!hours.isEmpty()) {
            naming.put(id, hours);
          }
        });
    if (naming.isEmpty()) {
      return List.of();
    }
    Set<String> there = new HashSet<>();
    each(client, "/quiet-hours", hours -> there.add(hours.path("quiet_hours_id").asString("")));
    naming.values().removeIf(there::contains);
    return naming.entrySet().stream()
        .map(
            it ->
                "%s: /quiet_hours_policy_id: there are no quiet hours %s"
                    .formatted(
                        folder.resolve(it.getKey() + ENDING),
                        StorableText.shown(it.getValue(), 100)))
        .toList();
  }

  private interface Item {
    void take(JsonNode item) throws IOException;
  }

  /** All items of a list, page after page. */
  private static void each(Client client, String list, Item taken) throws IOException {
    String path = list + "?limit=500";
    String cursor = "";
    do {
      JsonNode page =
          client.get(
              cursor.isEmpty()
                  ? path
                  : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
      for (JsonNode item : page.path("items")) {
        taken.take(item);
      }
      cursor = page.path("next_cursor").asString("");
    } while (!cursor.isEmpty());
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
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(OTHER_ENDING)) {
          problems.add("%s: is not read; rename it to end with %s".formatted(file, ENDING));
        } else if (name.endsWith(ENDING)) {
          read(file, name.substring(0, name.length() - ENDING.length()), rules, problems);
        }
      }
    }
    return new Folder(rules, problems);
  }

  private static void read(
      Path file, String id, Map<String, ObjectNode> rules, List<String> problems)
      throws IOException {
    if (!RuleReader.isId(id)) {
      problems.add(
          "%s: \"%s\" is no id of a rule; use letters, digits, dots, dashes, underscores"
              .formatted(file, StorableText.shown(id, 64)));
    } else if (!Files.isRegularFile(file)) {
      problems.add(file + ": is no file");
    } else if (Files.size(file) > (long) MOST_BYTES_OF_A_CHARACTER * RuleYaml.MAX_LENGTH) {
      problems.add(
          "%s: line 1, column 1: has %d bytes; no rule is that long"
              .formatted(file, Files.size(file)));
    } else {
      readRule(file, id, rules, problems);
    }
  }

  private static void readRule(
      Path file, String id, Map<String, ObjectNode> rules, List<String> problems)
      throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      problems.add(file + ": line 1, column 1: is not UTF-8");
      return;
    }
    switch (RuleYaml.read(text)) {
      case YamlReading.Rejected(List<PlacedProblem> wrong) ->
          wrong.forEach(problem -> problems.add(file + ": " + problem));
      case YamlReading.Accepted(ObjectNode json, Places places) -> {
        switch (RuleReader.read(json, id, 1)) {
          case RuleReading.Accepted(Rule rule) -> {
            ObjectNode written = rule.written().deepCopy();
            written.remove(KNOWN_BY);
            rules.put(id, written);
          }
          case RuleReading.Rejected(List<Problem> wrong) ->
              places.place(wrong).forEach(problem -> problems.add(file + ": " + problem));
        }
      }
    }
  }
}
