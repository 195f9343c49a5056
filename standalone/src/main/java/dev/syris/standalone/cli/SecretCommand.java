package dev.syris.standalone.cli;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.SecretVault;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the operator keeps secret. Works on the database itself, so no token can reach it. */
@Command(
    name = "secret",
    description = "Set, list and remove secrets, and rotate their key.",
    subcommands = {
      SecretCommand.Set.class,
      SecretCommand.ListAll.class,
      SecretCommand.Remove.class,
      SecretCommand.RotateKey.class
    })
final class SecretCommand {

  /**
   * The vault of the data folder, or of the containers where the environment names their database.
   */
  private static <T> T with(DataOption data, Work<T> work) throws Exception {
    try (VaultAccess access = VaultAccess.open(data)) {
      return work.on(access.vault());
    }
  }

  /** Something done with the vault. */
  private interface Work<T> {
    T on(SecretVault vault) throws Exception;
  }

  /** Never takes the value as an argument: arguments are seen by every process of the machine. */
  @Command(
      name = "set",
      description = "Set a secret; its value comes from the standard input or a prompt.")
  static final class Set implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "connector/key")
    private String name = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      var secret = new SecretName(name);
      SecretValue value = SecretInput.read(secret, System.console(), System.in);
      with(
          data,
          vault -> {
            vault.set(secret, value);
            return secret;
          });
      DataOption.out(spec).printf("%s is set%n", secret);
      return 0;
    }
  }

  /** Names and times, never values. */
  @Command(name = "list", description = "List the names of all secrets, and when they were set.")
  static final class ListAll implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      List<SecretVault.Listed> secrets = with(data, SecretVault::list);
      PrintWriter out = DataOption.out(spec);
      if (secrets.isEmpty()) {
        out.println("no secret is set");
      }
      secrets.forEach(
          secret ->
              out.printf(
                  "%-40s set %s, key %s%n",
                  secret.name(), InstantCodec.format(secret.setAt()), secret.keyId()));
      return 0;
    }
  }

  /** Exit code 1 where it was not set. */
  @Command(name = "rm", description = "Remove a secret.")
  static final class Remove implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "connector/key")
    private String name = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      var secret = new SecretName(name);
      boolean removed = with(data, vault -> vault.remove(secret));
      if (!removed) {
        DataOption.err(spec).printf("syris: %s is not set%n", secret);
        return 1;
      }
      DataOption.out(spec).printf("%s is removed%n", secret);
      return 0;
    }
  }

  /** May be killed and run again at any moment. */
  @Command(name = "rotate-key", description = "Seal every secret with a new key.")
  static final class RotateKey implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      SecretVault.Rotation rotation = with(data, SecretVault::rotate);
      DataOption.out(spec)
          .printf(
              "the key is %s; %d secrets were sealed anew%n",
              rotation.keyId(), rotation.resealed());
      return 0;
    }
  }
}
