package dev.syris.task.approval;

import dev.syris.contracts.id.ApprovalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An approval that was given and not used yet, and what it was given for.
 *
 * @param previewHash null where the tool showed nothing
 */
public record Granted(
    ApprovalId id,
    String requestHash,
    String toolVersion,
    String policyVersion,
    @Nullable String previewHash,
    Instant expiresAt) {

  /** What was approved is not what would run now, for this reason; null where it is. Pure. */
  public @Nullable String staleBecause(Terms now, Instant at) {
    if (!requestHash.equals(now.requestHash())) {
      return "the request is another one";
    } else if (!toolVersion.equals(now.toolVersion())) {
      return "the tool's definition has changed";
    } else if (!policyVersion.equals(now.policyVersion())) {
      return "the policy has changed";
    } else if (now.previewHash() != null
        && previewHash != null
        && !previewHash.equals(now.previewHash())) {
      return "what would be sent has changed";
    }
    return expiresAt.isAfter(at) ? null : "it was good until " + expiresAt;
  }

  /** What an approval is bound to, as it is now. */
  public record Terms(
      String requestHash, String toolVersion, String policyVersion, @Nullable String previewHash) {}
}
