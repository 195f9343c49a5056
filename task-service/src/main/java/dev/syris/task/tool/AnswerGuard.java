package dev.syris.task.tool;

/** Looks at what a tool answers before anybody else does. Thread-safe. */
@FunctionalInterface
public interface AnswerGuard {

  /** Lets all pass. */
  AnswerGuard NONE = (_, _, _, answer) -> answer;

  /** The answer as it may be recorded. Never throws outside a transaction. */
  ToolAnswer guard(String tool, String action, Invocation by, ToolAnswer answer);
}
