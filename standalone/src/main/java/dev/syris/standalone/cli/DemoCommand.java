package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Posts a handful of events as a home has them, and shows each trace as it grows. */
@Command(
    name = "demo",
    description = "Post a few realistic events and print each trace as it grows.")
final class DemoCommand implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  @Mixin private ClientOptions options = new ClientOptions();

  @Spec private @Nullable CommandSpec spec;

  /**
   * One act of the demo.
   *
   * @param until the audit type that ends it
   * @param atMost how long to wait for that
   */
  private record Act(String title, ObjectNode event, String until, Duration atMost) {}

  @Override
  public Integer call() throws Exception {
    Client client = options.client();
    PrintWriter out = DataOption.out(spec);
    String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    boolean complete = true;
    for (Act act : acts(run)) {
      complete &= play(client, out, act);
    }
    out.printf("%nAll of it, and how it hangs together: GET %s/traces%n", client.url());
    return complete ? 0 : 1;
  }

  private static List<Act> acts(String run) {
    var acts = new ArrayList<Act>();
    acts.add(
        new Act(
            "You ask for a short timer; it rings four seconds later, in the same trace",
            event("chat", "demo-chat").put("text", "set a timer for 4 seconds"),
            "event.ingested scheduler",
            Duration.ofSeconds(15)));
    acts.add(
        new Act(
            "You ask how things are",
            event("chat", "demo-chat").put("text", "status"),
            "tool_call.succeeded",
            Duration.ofSeconds(10)));
    ObjectNode door = event("ha_event", "demo-home").put("message_id", "door-" + run);
    door.putObject("structured")
        .put("entity_id", "binary_sensor.front_door")
        .put("old_state", "off")
        .put("new_state", "on");
    acts.add(
        new Act(
            "The front door opens; nothing is set up for that yet, and the trail says so",
            door,
            "routing.decided",
            Duration.ofSeconds(10)));
    acts.add(
        new Act(
            "The same message arrives again, as it does; it is recognised and dropped",
            door.deepCopy(),
            "event.deduped",
            Duration.ofSeconds(10)));
    ObjectNode reading = event("mqtt", "demo-greenhouse");
    reading.putObject("structured").put("topic", "greenhouse/temperature").put("value", "31.5");
    acts.add(new Act("A sensor speaks", reading, "routing.decided", Duration.ofSeconds(10)));
    return acts;
  }

  private static ObjectNode event(String channel, String connector) {
    return Json.object().put("channel", channel).put("connector_id", connector);
  }

  private static boolean play(Client client, PrintWriter out, Act act)
      throws IOException, InterruptedException {
    out.printf("%n%s%n  %s%n", act.title(), act.event());
    String trace = client.post("/events", act.event()).path("trace_id").asString("");
    out.printf("  trace %s%n", trace);
    out.printf("  %8s  %-22s %-10s %s%n", "after", "what", "outcome", "in words");
    out.flush();
    var table = new TraceTable(out);
    long deadline = System.nanoTime() + act.atMost().toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode items = client.get("/audit?limit=500&trace_id=" + trace).path("items");
      table.show(items);
      if (table.has(act.until())) {
        return true;
      }
      Thread.sleep(LOOK_EVERY);
    }
    out.printf("  … \"%s\" did not come within %d s%n", act.until(), act.atMost().toSeconds());
    return false;
  }
}
