package dev.syris.task.tool;

import dev.syris.contracts.tool.ErrorDetail;
import java.time.Duration;

/** Carries an action out under a watch, and has its answer looked at first. */
final class Watched {

  /** The clock of a timeout starts a little before the call. */
  private static final Duration SLACK = Duration.ofMillis(100);

  private final ToolDefinition tool;
  private final ActionDefinition definition;
  private final ToolWatch watch;
  private final AnswerGuard guard;

  Watched(ToolDefinition tool, ActionDefinition definition, ToolWatch watch, AnswerGuard guard) {
    this.tool = tool;
    this.definition = definition;
    this.watch = watch;
    this.guard = guard;
  }

  /** The same action; one in our own database says nothing of a target, and is not watched. */
  ToolAction of(ToolAction action) {
    return switch (action) {
      case ToolAction.Transactional inside -> {
        ToolAction.Transactional guarded = by -> guarded(by, inside.apply(by));
        yield inside instanceof Previewing previewing
            ? Previewing.transactional(previewing, guarded)
            : guarded;
      }
      case ToolAction.Calling outside -> {
        ToolAction.Calling watched = calling(outside);
        yield outside instanceof Previewing previewing
            ? Previewing.calling(previewing, watched)
            : watched;
      }
    };
  }

  private ToolAnswer guarded(Invocation by, ToolAnswer answer) {
    return guard.guard(tool.tool(), definition.name(), by, answer);
  }

  private ToolAction.Calling calling(ToolAction.Calling action) {
    Duration timeout = definition.timeout();
    return invocation -> {
      long begin = System.nanoTime();
      try {
        ToolAnswer answer = guarded(invocation, action.call(invocation));
        watch.answered(tool, answer);
        return answer;
      } catch (InterruptedException e) {
        if (System.nanoTime() - begin + SLACK.toNanos()
            >= timeout.toNanos()) { // not by the end of this process
          watch.answered(
              tool, lost("tool.timeout", "no answer within " + timeout.toMillis() + " ms"));
        }
        throw e;
      } catch (RuntimeException e) {
        watch.answered(
            tool, lost("tool.fault", "the tool ended with " + e.getClass().getSimpleName()));
        throw e;
      }
    };
  }

  private static ToolAnswer lost(String code, String message) {
    return new ToolAnswer.Unknown(ErrorDetail.permanent(code, message));
  }
}
