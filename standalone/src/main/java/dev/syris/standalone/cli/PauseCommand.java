package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts nothing new from now on. */
@Command(name = "pause", description = "Start nothing new; what comes in is kept and waits.")
final class PauseCommand implements Callable<Integer> {

  @Mixin private ClientOptions options = new ClientOptions();

  @Option(names = "--halt", description = "cut off what runs, in place of letting it end")
  private boolean halt;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the trail")
  private @Nullable String reason;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var body = Json.object().put("mode", halt ? "halt" : "drain");
    if (reason != null) {
      body.put("reason", reason);
    }
    return ControlLines.print(DataOption.out(spec), options.client().post("/controls/pause", body));
  }
}
