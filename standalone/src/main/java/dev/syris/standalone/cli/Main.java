package dev.syris.standalone.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code ./syris} starts. */
@Command(
    name = "syris",
    description = "The automation control plane of your home, your mail and your tools.",
    mixinStandardHelpOptions = true,
    version = "syris 0.1.0",
    subcommands = {
      UpCommand.class,
      EventCommand.class,
      DemoCommand.class,
      ApprovalsCommand.class,
      ApproveCommand.class,
      DenyCommand.class,
      AutonomyCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      AuditCommand.class,
      SecretCommand.class,
      PolicyCommand.class,
      RulesCommand.class,
      MigrateCommand.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** All commands; what goes wrong is one line. */
  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command
              .getErr()
              .println("syris: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
          return 1;
        });
    return commandLine;
  }
}
