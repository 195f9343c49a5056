package dev.syris.standalone.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what waits for an answer. */
@Command(name = "approvals", description = "Show the calls that wait for approval.")
final class ApprovalsCommand implements Callable<Integer> {

  @Mixin private ClientOptions options = new ClientOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    JsonNode page = options.client().get("/approvals?status=pending&limit=500");
    var out = DataOption.out(spec);
    new ApprovalTable(out, Clock.systemUTC()).show(page.path("items"));
    if (page.path("next_cursor").isString()) {
      out.println("… and more; GET /approvals?status=pending has them all");
    }
    return 0;
  }
}
