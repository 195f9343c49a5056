package dev.syris.task.engine;

import dev.syris.contracts.id.StepId;
import dev.syris.contracts.task.RetryPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step is to do, as it was written; never changes.
 *
 * @param tool null where it only waits
 * @param args with references
 * @param condition it is skipped where this does not hold; always done where null
 * @param delay what it waits for before it begins; nothing where null
 * @param reads steps whose outputs it refers to
 * @param timeoutMs how long one attempt may take, in milliseconds; what the tool says where null
 */
public record StepPlan(
    StepId id,
    int position,
    String name,
    @Nullable String tool,
    @Nullable String action,
    JsonText args,
    @Nullable JsonText condition,
    @Nullable JsonText delay,
    List<String> reads,
    int maxAttempts,
    RetryPolicy retryPolicy,
    @Nullable Long timeoutMs) {

  public StepPlan {
    reads = List.copyOf(reads);
  }
}
