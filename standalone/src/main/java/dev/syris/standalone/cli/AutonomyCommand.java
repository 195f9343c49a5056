package dev.syris.standalone.cli;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows or sets how much is done without asking. */
@Command(name = "autonomy", description = "Show how much is done without asking, or set it.")
final class AutonomyCommand implements Callable<Integer> {

  @Mixin private ClientOptions options = new ClientOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "A0 suggest, A1 confirm, A2 scoped, A3 high, A4 full; shown where not given")
  private @Nullable AutonomyLevel level;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the trail")
  private @Nullable String reason;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "from when on the level of before holds again, such as 2026-12-24T18:00:00Z")
  private @Nullable String until;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Client client = options.client();
    var out = DataOption.out(spec);
    if (level == null) {
      return ControlLines.print(out, client.get("/controls"));
    }
    var body = Json.object().put("level", level.name());
    if (reason != null) {
      body.put("reason", reason);
    }
    if (until != null) {
      body.put("expires_at", until);
    }
    return ControlLines.print(out, client.post("/controls/autonomy", body));
  }
}
