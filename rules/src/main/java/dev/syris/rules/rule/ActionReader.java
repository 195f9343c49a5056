package dev.syris.rules.rule;

import static java.util.stream.Collectors.joining;

import dev.syris.contracts.event.Channel;
import dev.syris.contracts.json.Json;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.problem.Shown;
import dev.syris.rules.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the actions of one rule. */
final class ActionReader {

  private static final Set<String> EMIT_EVENT = Set.of("type", "channel", "structured", "text");
  private static final Set<String> START_TASK = Set.of("type", "template", "input");
  private static final Set<String> CALL_TOOL = Set.of("type", "tool", "action", "args");
  private static final Set<String> NOTIFY = Set.of("type", "message", "target", "urgency");
  private static final int MAX_TEXT = 16 * 1024;

  /** Names of tools, actions and templates are looked up as they are: no reference in them. */
  private static final Pattern NAME =
      Pattern.compile("(?U)[\\p{Alnum}_][\\p{Graph} &&[^${}]]{0,127}");

  private static final Pattern URGENCY = Pattern.compile("normal|high");
  private static final String NORMAL = "normal";

  private final Problems problems;

  ActionReader(Problems problems) {
    this.problems = problems;
  }

  List<RuleAction> read(JsonNode json, String pointer) {
    var actions = new ArrayList<RuleAction>();
    if (!json.isArray() || json.isEmpty() || json.size() > Rule.MAX_ACTIONS) {
      String wanted = "a list of 1 to %d actions".formatted(Rule.MAX_ACTIONS);
      problems.add(
          pointer,
          json.isMissingNode()
              ? "is required: " + wanted
              : "is %s%s; it must be %s"
                  .formatted(
                      Shown.value(json), json.isArray() ? " of " + json.size() : "", wanted));
      return actions;
    }
    for (int i = 0; i < json.size() && !problems.full(); i++) {
      RuleAction action = action(json.get(i), Pointers.child(pointer, i));
      if (action != null) {
        actions.add(action);
      }
    }
    return actions;
  }

  private @Nullable RuleAction action(JsonNode json, String pointer) {
    if (!json.isObject()) {
      problems.add(
          pointer, "is %s; an action is an object with a type".formatted(Shown.value(json)));
      return null;
    }
    var members = new Members(json, pointer, problems);
    JsonNode type = members.value("type");
    return switch (type.isString() ? type.asString() : "") {
      case "emit_event" -> emitEvent(members);
      case "start_task" -> startTask(members);
      case "call_tool" -> callTool(members);
      case "notify" -> notify(members);
      default -> {
        members.wrong("type", "one of emit_event, start_task, call_tool, notify");
        yield null;
      }
    };
  }

  private @Nullable RuleAction emitEvent(Members members) {
    members.only(EMIT_EVENT, "emit_event");
    Channel channel = channel(members);
    if (!members.has("structured") && !members.has("text")) {
      members.wrong("structured", "an object, or a text beside it: the event must say something");
      return null;
    }
    ObjectNode said = Json.object();
    if (members.objectTemplate("structured") != null && members.has("structured")) {
      said.set("structured", members.value("structured"));
    }
    if (members.textTemplate("text", MAX_TEXT) != null) {
      said.set("text", members.value("text"));
    }
    Template body = members.template(said);
    return channel == null || body == null ? null : new RuleAction.EmitEvent(channel, body);
  }

  private @Nullable Channel channel(Members members) {
    JsonNode given = members.value("channel");
    if (given.isMissingNode()) {
      return Channel.RULE_ENGINE;
    }
    for (Channel channel : Channel.values()) {
      boolean ours = channel == Channel.RULE_ENGINE;
      if ((ours || !channel.reserved())
          && given.isString()
          && channel.wire().equals(given.asString())) {
        return channel;
      }
    }
    members.wrong(
        "channel",
        "rule_engine or one of "
            + Stream.of(Channel.values())
                .filter(channel -> !channel.reserved())
                .map(Channel::wire)
                .collect(joining(", ")));
    return null;
  }

  private @Nullable RuleAction startTask(Members members) {
    members.only(START_TASK, "start_task");
    String template = name(members, "template", "the name of a task template, without ${…}");
    Template input = members.objectTemplate("input");
    return template == null || input == null ? null : new RuleAction.StartTask(template, input);
  }

  private @Nullable RuleAction callTool(Members members) {
    members.only(CALL_TOOL, "call_tool");
    String tool = name(members, "tool", "the name of a tool, without ${…}");
    String action = name(members, "action", "the name of an action of the tool, without ${…}");
    Template args = members.objectTemplate("args");
    return tool == null || action == null || args == null
        ? null
        : new RuleAction.CallTool(tool, action, args);
  }

  private @Nullable RuleAction notify(Members members) {
    members.only(NOTIFY, "notify");
    Template message = required(members, "message", "what to tell");
    Template target = required(members, "target", "whom to tell");
    String urgency = members.text("urgency", URGENCY, false, "normal or high");
    if (message == null || target == null) {
      return null;
    }
    ObjectNode said = Json.object();
    said.set("message", members.value("message"));
    said.set("target", members.value("target"));
    Template body = members.template(said.put("urgency", urgency == null ? NORMAL : urgency));
    return body == null ? null : new RuleAction.Notify(body);
  }

  private static @Nullable Template required(Members members, String name, String wanted) {
    if (!members.has(name)) {
      members.wrong(name, wanted);
    }
    return members.textTemplate(name, MAX_TEXT);
  }

  private static @Nullable String name(Members members, String name, String wanted) {
    return members.text(name, NAME, true, wanted);
  }
}
