package dev.syris.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Asked before a test class is initialized, so that its static fields may already use the backends.
 */
final class BackendsCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (TestBackends.available()) {
      return ConditionEvaluationResult.enabled("backends can be had");
    }
    if (context.getTestMethod().isEmpty()) {
      TestBackends.announce(context.getDisplayName());
    }
    return ConditionEvaluationResult.disabled(TestBackends.NO_DOCKER);
  }
}
