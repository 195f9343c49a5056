package dev.syris.task.policy;

import dev.syris.contracts.json.Json;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads YAML as the JSON it stands for, and remembers where each value was written. No tags, no
 * aliases, no name twice: what a file says is what one sees.
 */
final class PolicyYaml {

  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]");
  private static final int MAX_DEPTH = 20;

  private final Map<String, Mark> marks = new HashMap<>();
  private final List<PolicyProblem> problems = new ArrayList<>();
  private final Map<Node, Boolean> seen = new IdentityHashMap<>();
  private final ObjectNode content;

  private PolicyYaml(String text) {
    this.content = read(text);
  }

  static PolicyYaml of(String text) {
    return new PolicyYaml(text);
  }

  /** What it says; as much of it as could be read. */
  ObjectNode content() {
    return content;
  }

  List<PolicyProblem> problems() {
    return problems;
  }

  /** A problem with the value at a pointer, or with what holds it where there is none. */
  PolicyProblem problem(String pointer, String message) {
    String place = pointer;
    while (!place.isEmpty() && !marks.containsKey(place)) {
      place = place.substring(0, place.lastIndexOf('/'));
    }
    return problem(marks.get(place), pointer, message);
  }

  /** Whether the value at a pointer could not be read, so that there is nothing more to say. */
  boolean isUnread(String pointer) {
    return problems.stream().anyMatch(problem -> problem.pointer().equals(pointer));
  }

  /** The line of the value at a pointer, from 1; 0 where the file has none there. */
  int line(String pointer) {
    Mark mark = marks.get(pointer);
    return mark == null ? 0 : mark.getLine() + 1;
  }

  private static PolicyProblem problem(@Nullable Mark mark, String pointer, String message) {
    return mark == null
        ? new PolicyProblem(1, 1, pointer, message)
        : new PolicyProblem(mark.getLine() + 1, mark.getColumn() + 1, pointer, message);
  }

  private ObjectNode read(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(PolicyFile.MAX_SIZE);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setAllowDuplicateKeys(false);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (root == null) {
        return Json.object();
      }
      marks.put("", root.getStartMark());
      if (json(root, "") instanceof ObjectNode object) {
        return object;
      }
      problems.add(problem(root.getStartMark(), "", "a policy is a mapping of sections"));
    } catch (MarkedYAMLException e) {
      problems.add(problem(e.getProblemMark(), "", "is not YAML: " + e.getProblem()));
    } catch (YAMLException e) {
      problems.add(problem(null, "", "is not YAML that can be read: " + firstLine(e)));
    }
    return Json.object();
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private JsonNode json(Node node, String pointer) {
    marks.put(pointer, node.getStartMark());
    if (seen.put(node, true) != null) {
      problems.add(problem(node.getStartMark(), pointer, "is an alias; write the value out"));
      return Json.mapper().nullNode();
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, pointer);
      case SequenceNode sequence -> array(sequence, pointer);
      case ScalarNode scalar -> scalar(scalar, pointer);
      default -> Json.mapper().nullNode();
    };
  }

  private ObjectNode object(MappingNode mapping, String pointer) {
    ObjectNode object = Json.object();
    for (NodeTuple entry : mapping.getValue()) {
      Mark mark = entry.getKeyNode().getStartMark();
      if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
        problems.add(problem(mark, pointer, "has a name that is no text"));
        continue;
      }
      String name = key.getValue();
      String inner = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      if (object.has(name)) {
        problems.add(problem(mark, inner, "is written twice"));
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
      array.add(json(element, pointer + "/" + array.size()));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode scalar, String pointer) {
    var nodes = Json.mapper().getNodeFactory();
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR)) {
      return nodes.stringNode(text);
    } else if (tag.equals(Tag.NULL)) {
      return nodes.nullNode();
    } else if (tag.equals(Tag.BOOL)) {
      return nodes.booleanNode(
          List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      BigDecimal number = number(text);
      if (number == null) {
        problems.add(
            problem(
                scalar.getStartMark(),
                pointer,
                "is %s; write a decimal number such as 10, or quotes for a text".formatted(text)));
        return nodes.numberNode(BigDecimal.ZERO);
      }
      return nodes.numberNode(number);
    } else if (tag.equals(Tag.TIMESTAMP)) {
      return nodes.stringNode(text);
    }
    problems.add(problem(scalar.getStartMark(), pointer, "has a tag; write a plain value"));
    return nodes.nullNode();
  }

  /** Null for what people and YAML may read differently, such as 010, 0x10, 1_000 and 12:30. */
  private static @Nullable BigDecimal number(String text) {
    try {
      return LEADING_ZERO.matcher(text).lookingAt() ? null : new BigDecimal(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
