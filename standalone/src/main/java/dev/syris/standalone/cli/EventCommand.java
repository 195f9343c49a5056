package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Sends one stimulus, as a person would say it. */
@Command(name = "event", description = "Send one event with a text, and print its trace id.")
final class EventCommand implements Callable<Integer> {

  @Mixin private ClientOptions options = new ClientOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description = "what it says, such as \"set a timer for 10 minutes\"")
  private String[] words = {};

  @Option(
      names = "--connector",
      paramLabel = "ID",
      defaultValue = "cli",
      description = "source (default: ${DEFAULT-VALUE})")
  private String connector = "cli";

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      defaultValue = "chat",
      description = "channel (default: ${DEFAULT-VALUE})")
  private String channel = "chat";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var body = Json.object();
    body.put("channel", channel)
        .put("connector_id", connector)
        .put("text", String.join(" ", words));
    Client client = options.client();
    JsonNode accepted = client.post("/events", body);
    var out = DataOption.out(spec);
    out.println("event_id  " + accepted.path("event_id").asString(""));
    out.println("trace_id  " + accepted.path("trace_id").asString(""));
    return 0;
  }
}
