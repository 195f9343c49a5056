package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Goes on after a pause. */
@Command(name = "resume", description = "Go on after a pause, in the order things came.")
final class ResumeCommand implements Callable<Integer> {

  @Mixin private ClientOptions options = new ClientOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the trail")
  private @Nullable String reason;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    return ControlLines.print(
        DataOption.out(spec), options.client().post("/controls/resume", body));
  }
}
