package dev.syris.standalone.cli;

import dev.syris.task.policy.PolicyCheck;
import dev.syris.task.policy.PolicyProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at a policy file as the task service would; needs nothing that runs. */
@Command(
    name = "policy",
    description = "Check the policy file, run its examples, show what holds.",
    subcommands = {PolicyCommand.Check.class, PolicyCommand.Test.class, PolicyCommand.Show.class})
final class PolicyCommand {

  /** Which file. */
  static final class FileOption {

    @Mixin private DataOption data = new DataOption();

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "the policy file (default: policy.yml in the data folder)")
    private @Nullable Path file;

    Path path() {
      return file == null ? data.folder().resolve("policy.yml") : file;
    }
  }

  /** The file, if it can be used; else what is wrong is said. */
  private static @Nullable PolicyCheck read(FileOption file, @Nullable CommandSpec spec) {
    PolicyCheck check = PolicyCheck.of(file.path());
    if (check.isMissing()) {
      DataOption.err(spec)
          .printf("syris: there is no %s; without it the defaults hold%n", file.path());
      return null;
    }
    return readable(check, file, spec);
  }

  private static @Nullable PolicyCheck readable(
      PolicyCheck check, FileOption file, @Nullable CommandSpec spec) {
    List<PolicyProblem> problems = check.problems();
    problems.forEach(problem -> DataOption.err(spec).println(file.path() + ": " + problem));
    return problems.isEmpty() ? check : null;
  }

  /** Exit code 1 where the file can't be used. */
  @Command(name = "check", description = "Say what is wrong with the policy file, by line.")
  static final class Check implements Callable<Integer> {

    @Mixin private FileOption file = new FileOption();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      PolicyCheck check = read(file, spec);
      if (check == null) {
        return 1;
      }
      DataOption.out(spec).printf("%s is good, version %s%n", file.path(), check.version());
      return 0;
    }
  }

  /** Exit code 1 where an example is not as expected, or the file can't be used. */
  @Command(name = "test", description = "Run the examples of the policy file.")
  static final class Test implements Callable<Integer> {

    @Mixin private FileOption file = new FileOption();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      PolicyCheck check = read(file, spec);
      if (check == null) {
        return 1;
      }
      List<PolicyCheck.Outcome> outcomes = check.test();
      for (PolicyCheck.Outcome outcome : outcomes) {
        DataOption.out(spec)
            .println(
                outcome.passed()
                    ? "ok    " + outcome.name()
                    : "FAIL  %s: %s".formatted(outcome.name(), outcome.difference()));
      }
      long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
      DataOption.out(spec)
          .printf(
              "%d examples, %d as expected, version %s%n",
              outcomes.size(), outcomes.size() - failed, check.version());
      return failed == 0 ? 0 : 1;
    }
  }

  /** The version goes to the standard error, so that what goes to the output is JSON. */
  @Command(name = "show", description = "Show all that holds, with the defaults, as JSON.")
  static final class Show implements Callable<Integer> {

    @Mixin private FileOption file = new FileOption();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      PolicyCheck check = readable(PolicyCheck.of(file.path()), file, spec);
      if (check == null) {
        return 1;
      }
      DataOption.err(spec)
          .printf("version %s%s%n", check.version(), check.isMissing() ? ", the defaults" : "");
      DataOption.out(spec).println(check.effective());
      return 0;
    }
  }
}
