package dev.syris.task.approval;

import static dev.syris.contracts.approval.ApprovalStatus.APPROVED;
import static dev.syris.contracts.approval.ApprovalStatus.CANCELED;
import static dev.syris.contracts.approval.ApprovalStatus.DENIED;
import static dev.syris.contracts.approval.ApprovalStatus.EXPIRED;
import static dev.syris.contracts.approval.ApprovalStatus.PENDING;
import static dev.syris.contracts.approval.ApprovalStatus.STALE;
import static dev.syris.contracts.approval.ApprovalStatus.USED;

import dev.syris.contracts.approval.ApprovalStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The state machine of an approval; the database refuses what is not here, too. */
final class ApprovalTransitions {

  private static final Map<ApprovalStatus, Set<ApprovalStatus>> TRANSITIONS =
      new EnumMap<>(
          Map.of(
              PENDING, EnumSet.of(APPROVED, DENIED, EXPIRED, STALE, CANCELED),
              APPROVED, EnumSet.of(USED, STALE)));

  private ApprovalTransitions() {}

  static boolean allows(ApprovalStatus from, ApprovalStatus to) {
    return TRANSITIONS.getOrDefault(from, Set.of()).contains(to);
  }
}
