package dev.syris.rules.rule;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problems;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads YAML as the JSON it stands for, and remembers where each value was written. No tags, no
 * aliases, no name twice, no word that YAML takes for true: what a file says is what one sees.
 */
public final class RuleYaml {

  /** Characters of a file; the JSON has a limit of its own. */
  public static final int MAX_LENGTH = 2 * Rule.MAX_BYTES;

  private static final int MAX_DEPTH = 30;
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?");

  private final Map<String, Mark> marks = new HashMap<>();
  private final Problems problems = new Problems();
  private final Map<Node, Boolean> seen = new IdentityHashMap<>();

  private RuleYaml() {}

  public static YamlReading read(String text) {
    return new RuleYaml().reading(text);
  }

  /** The rule as a file, in the order of its members. Reading it gives the same JSON. */
  public static String write(ObjectNode rule) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    return new Yaml(options).dump(Json.mapper().convertValue(rule, Object.class));
  }

  private YamlReading reading(String text) {
    try {
      Node root = text.length() > MAX_LENGTH ? null : compose(text);
      if (text.length() > MAX_LENGTH) {
        problems.add(
            "", "has %d characters; at most %d are taken".formatted(text.length(), MAX_LENGTH));
      } else if (root == null) {
        problems.add("", "is empty; a rule has a name, conditions and actions");
      } else if (json(root, "") instanceof ObjectNode object && problems.isEmpty()) {
        return new YamlReading.Accepted(object, new Places(marks));
      } else if (problems.isEmpty()) {
        problems.add("", "is no mapping; a rule has a name, conditions and actions");
      }
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      if (mark != null) {
        marks.put("", mark);
      }
      problems.add("", "is not YAML that is taken: " + firstLine(e.getProblem()));
    } catch (YAMLException e) {
      problems.add("", "is not YAML that is taken: " + firstLine(e.getMessage()));
    }
    return new YamlReading.Rejected(new Places(marks).place(problems.toList()));
  }

  private static @Nullable Node compose(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_LENGTH);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(0);
    var parser = new ParserImpl(new StreamReader(text), options);
    return new Composer(parser, new Resolver(), options).getSingleNode();
  }

  private static String firstLine(@Nullable String message) {
    return StorableText.shown(
        String.valueOf(message).lines().findFirst().orElse("it says nothing"), 200);
  }

  private JsonNode json(Node node, String pointer) {
    marks.put(pointer, node.getStartMark());
    if (seen.put(node, true) != null || node.getAnchor() != null) {
      return refused(pointer, "has an anchor or is an alias; write the value out");
    }
    if (problems.full()) {
      return Json.mapper().nullNode();
    }
    return switch (node) {
      case MappingNode mapping when mapping.getTag().equals(Tag.MAP) -> object(mapping, pointer);
      case SequenceNode sequence when sequence.getTag().equals(Tag.SEQ) -> array(sequence, pointer);
      case ScalarNode scalar -> scalar(scalar, pointer);
      default -> refused(pointer, "has a tag; write a plain value");
    };
  }

  private ObjectNode object(MappingNode mapping, String pointer) {
    ObjectNode object = Json.object();
    for (NodeTuple entry : mapping.getValue()) {
      Mark mark = entry.getKeyNode().getStartMark();
      if (!(entry.getKeyNode() instanceof ScalarNode key)
          || key.getTag().equals(Tag.MERGE)
          || key.getAnchor() != null) {
        refused(pointer, "has a name that is no plain text");
        continue;
      }
      String name = key.getValue();
      String inner = Pointers.child(pointer, name);
      if (object.has(name)) {
        marks.put(inner, mark);
        refused(inner, "is written twice");
        continue;
      }
      object.set(name, json(entry.getValueNode(), inner));
      marks.put(inner, mark);
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, String pointer) {
    ArrayNode array = Json.mapper().createArrayNode();
    for (Node element : sequence.getValue()) {
      array.add(json(element, Pointers.child(pointer, array.size())));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode scalar, String pointer) {
    var nodes = Json.mapper().getNodeFactory();
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
      return nodes.stringNode(text);
    } else if (tag.equals(Tag.NULL)) {
      return nodes.nullNode();
    } else if (tag.equals(Tag.BOOL)) {
      return switch (text) {
        case "true", "false" -> nodes.booleanNode(text.equals("true"));
        default -> refused(pointer, ambiguous(text, "true or false"));
      };
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return DECIMAL.matcher(text).matches()
          ? Json.mapper().readTree(text)
          : refused(pointer, ambiguous(text, "a decimal number such as 10"));
    }
    return refused(pointer, "has a tag; write a plain value");
  }

  /** What people and YAML may read differently, such as on, 010, 0x10, 1_000 and 12:30. */
  private static String ambiguous(String text, String wanted) {
    return "is %s, which can be read in more than one way; write %s, or quotes for a text"
        .formatted(StorableText.shown(text, 64), wanted);
  }

  private JsonNode refused(String pointer, String message) {
    problems.add(pointer, message);
    return Json.mapper().nullNode();
  }
}
