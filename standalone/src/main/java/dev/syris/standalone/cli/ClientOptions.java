package dev.syris.standalone.cli;

import dev.syris.standalone.data.Installation;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command reaches a running SYRIS. */
final class ClientOptions {

  @Mixin DataOption data = new DataOption();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "address of the gateway (default: that of the data folder)")
  private @Nullable String url;

  @Option(names = "--port", paramLabel = "N", description = "port of a gateway on this machine")
  private @Nullable Integer port;

  /** A client with the token of {@code SYRIS_TOKEN}, else of the data folder. */
  Client client() throws IOException {
    var installation = new Installation(data.folder());
    String address = url;
    if (address == null) {
      address =
          port != null
              ? "http://127.0.0.1:" + port
              : Installation.readOr(installation.address(), "http://127.0.0.1:7171");
    }
    return new Client(address, token(installation));
  }

  private static String token(Installation installation) throws IOException {
    String given = System.getenv("SYRIS_TOKEN");
    if (given != null && !given.isBlank()) {
      return given.strip();
    }
    if (Files.exists(installation.operatorToken())) {
      return Files.readString(installation.operatorToken()).strip();
    }
    throw new IOException(
        "no token: set SYRIS_TOKEN, or name the data folder of a SYRIS that was started once with --data (looked for %s)"
            .formatted(installation.operatorToken()));
  }
}
