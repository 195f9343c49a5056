package dev.syris.task.tool;

import dev.syris.contracts.tool.ErrorDetail;
import java.time.Duration;

/** Carries an action out under a watch. */
final class Watched {

  /** The clock of a timeout starts a little before the call. */
  private static final Duration SLACK = Duration.ofMillis(100);

  private Watched() {}

  /** The same action; one in our own database says nothing of a target, and is not watched. */
  static ToolAction of(ToolAction action, ToolDefinition tool, Duration timeout, ToolWatch watch) {
    return switch (action) {
      case ToolAction.Transactional inside -> inside;
      case ToolAction.Calling outside -> {
        ToolAction.Calling watched = calling(outside, tool, timeout, watch);
        yield outside instanceof Previewing previewing
            ? Previewing.calling(previewing, watched)
            : watched;
      }
    };
  }

  private static ToolAction.Calling calling(
      ToolAction.Calling action, ToolDefinition tool, Duration timeout, ToolWatch watch) {
    return invocation -> {
      long begin = System.nanoTime();
      try {
        ToolAnswer answer = action.call(invocation);
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
