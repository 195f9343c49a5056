package dev.syris.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Rules as files, one each. */
@Command(
    name = "rules",
    description = "Keep rules as YAML files, one for each.",
    subcommands = {RulesCommand.Export.class, RulesCommand.Import.class})
final class RulesCommand {

  /** Writes every rule into a folder. */
  @Command(name = "export", description = "Write every rule to DIR/<id>.yml.")
  static final class Export implements Callable<Integer> {

    @Mixin private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "DIR", description = "a folder; made where there is none")
    private Path folder = Path.of(".");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      Map<String, RuleFiles.Kept> rules = RuleFiles.kept(options.client());
      Files.createDirectories(folder);
      for (Map.Entry<String, RuleFiles.Kept> rule : rules.entrySet()) {
        RuleFiles.write(folder, rule.getKey(), rule.getValue().written());
      }
      DataOption.out(spec).printf("%d rules are in %s%n", rules.size(), folder);
      return 0;
    }
  }

  /** Makes the rules be what a folder says. */
  @Command(
      name = "import",
      description =
          "Show what DIR would change; with --yes, change it. Nothing is, if one is wrong.")
  static final class Import implements Callable<Integer> {

    @Mixin private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "DIR", description = "a folder with <id>.yml files")
    private Path folder = Path.of(".");

    @Option(names = "--yes", description = "do it")
    private boolean yes;

    @Option(names = "--prune", description = "delete rules that have no file")
    private boolean prune;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      RuleFiles.Folder read = RuleFiles.read(folder);
      if (!read.problems().isEmpty()) {
        return refused(read.problems());
      }
      Client client = options.client();
      List<String> lacking = RuleFiles.lacking(client, folder, read.rules());
      if (!lacking.isEmpty()) {
        return refused(lacking);
      }
      List<RulePlan.Change> plan = RulePlan.of(RuleFiles.kept(client), read.rules(), prune);
      var out = DataOption.out(spec);
      plan.forEach(change -> out.println(change.shown()));
      boolean nothing = plan.stream().allMatch(RulePlan.Change::isNothing);
      if (nothing || !yes) {
        out.println(nothing ? "nothing to do" : "nothing is changed yet; --yes does it");
        return 0;
      }
      for (RulePlan.Change change : plan) {
        apply(client, change);
      }
      out.println("done");
      return 0;
    }

    private int refused(List<String> problems) {
      problems.forEach(DataOption.err(spec)::println);
      return 1;
    }

    /** Refused where somebody made or changed the rule since it was looked at. */
    private static void apply(Client client, RulePlan.Change change) throws IOException {
      String path = "/rules/" + change.id();
      String tag = "\"" + change.version() + "\"";
      ObjectNode wanted = change.wanted();
      switch (change.what()) {
        case CREATE -> client.put(path, wanted, null);
        case REPLACE -> client.put(path, wanted, tag);
        case DELETE -> client.delete(path, tag);
        case KEEP, LEAVE -> {}
      }
    }
  }
}
