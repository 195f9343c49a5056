package dev.syris.standalone.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Questions about the audit trail. */
@Command(
    name = "audit",
    description = "Ask about the audit trail.",
    subcommands = AuditCommand.Verify.class)
final class AuditCommand {

  /** Walks the whole hash chain; exit code 2 where it is broken. */
  @Command(
      name = "verify",
      description = "Check that no audit record was changed, removed or swapped.")
  static final class Verify implements Callable<Integer> {

    private static final int BROKEN = 2;

    @Mixin private ClientOptions options = new ClientOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      JsonNode found = options.client().get("/audit/verify");
      var out = DataOption.out(spec);
      String rows = found.path("rows").asString("?");
      JsonNode head = found.path("head");
      if (found.path("valid").asBoolean(false)) {
        out.printf(
            "valid: %s records, head %s %s%n",
            rows, head.path("sequence").asString("-"), head.path("hash").asString("-"));
        return 0;
      }
      JsonNode first = found.path("first_invalid");
      out.printf(
          "BROKEN at sequence %s: %s%n",
          first.path("sequence").asString("?"), first.path("reason").asString("?"));
      return BROKEN;
    }
  }
}
