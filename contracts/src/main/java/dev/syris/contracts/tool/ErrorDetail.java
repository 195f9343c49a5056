package dev.syris.contracts.tool;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why something failed.
 *
 * @param code dotted and stable, such as {@code tool.unknown}
 * @param retryable whether the same call may succeed later
 * @param details never a secret
 */
public record ErrorDetail(
    String code, String message, boolean retryable, @Nullable ObjectNode details) {

  public static ErrorDetail permanent(String code, String message) {
    return new ErrorDetail(code, message, false, null);
  }

  public static ErrorDetail retryable(String code, String message) {
    return new ErrorDetail(code, message, true, null);
  }
}
