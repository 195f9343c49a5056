package dev.syris.rules.rule;

import dev.syris.contracts.event.Channel;
import dev.syris.rules.template.Template;

/** What a rule does when it fires. What depends on the event is in the template, and only there. */
public sealed interface RuleAction {

  /** What is filled in for the event: always an object. */
  Template body();

  /** The name of its type on the wire. */
  default String type() {
    return switch (this) {
      case EmitEvent _ -> "emit_event";
      case StartTask _ -> "start_task";
      case CallTool _ -> "call_tool";
      case Notify _ -> "notify";
    };
  }

  /**
   * Lets another event follow.
   *
   * @param channel a public one, or {@link Channel#RULE_ENGINE}
   * @param body {@code {structured?, text?}}
   */
  record EmitEvent(Channel channel, Template body) implements RuleAction {}

  /**
   * Starts a task.
   *
   * @param template the name of the task's template
   * @param body the input
   */
  record StartTask(String template, Template body) implements RuleAction {}

  /**
   * Calls a tool, if the gate lets it.
   *
   * @param body the arguments
   */
  record CallTool(String tool, String action, Template body) implements RuleAction {}

  /**
   * Tells somebody.
   *
   * @param body {@code {message, target, urgency}}
   */
  record Notify(Template body) implements RuleAction {}
}
