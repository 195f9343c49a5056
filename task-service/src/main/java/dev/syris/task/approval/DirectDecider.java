package dev.syris.task.approval;

import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.json.Json;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers by the same commands as REST does; whoever answers here is no token. */
final class DirectDecider implements Decider {

  private final ApprovalCommands commands;

  DirectDecider(ApprovalCommands commands) {
    this.commands = commands;
  }

  @Override
  public Decided decide(
      UUID approval, boolean approve, @Nullable String reason, String channel, AuditActor by) {
    ApprovalCommands.Result result =
        commands.answer(
            new ApprovalId(approval), new Answer(approve, reason, channel), by, _ -> false);
    return switch (result) {
      case ApprovalCommands.Result.Taken _ -> new Decided.Done();
      case ApprovalCommands.Result.NoSuchApproval _ -> new Decided.NoSuchApproval();
      case ApprovalCommands.Result.WrongState(ApprovalStatus status) ->
          new Decided.NotPending(status.wire());
      case ApprovalCommands.Result.WentStale(String because) -> new Decided.WentStale(because);
      case ApprovalCommands.Result.OwnRequest _ ->
          throw new IllegalStateException("nobody's own request was refused as one");
    };
  }

  @Override
  public Optional<ObjectNode> show(UUID approval) {
    return commands
        .show(new ApprovalId(approval))
        .map(body -> (ObjectNode) Json.mapper().readTree(body));
  }
}
