package dev.syris.standalone.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Approves one call. */
@Command(name = "approve", description = "Let one call be made that waits for approval, once.")
final class ApproveCommand implements Callable<Integer> {

  @Mixin private ClientOptions options = new ClientOptions();

  @Parameters(paramLabel = "ID", description = "as ./syris approvals shows it")
  private String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the trail")
  private @Nullable String reason;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return Answers.send(options.client(), DataOption.out(spec), id, "approve", reason);
  }
}
