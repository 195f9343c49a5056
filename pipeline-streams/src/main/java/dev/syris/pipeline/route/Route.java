package dev.syris.pipeline.route;

import dev.syris.pipeline.control.Standing;
import dev.syris.pipeline.dedupe.RecentMessages;
import dev.syris.pipeline.fastpath.FastPath;
import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.flow.DeadLetters;
import dev.syris.pipeline.flow.Output;
import dev.syris.pipeline.flow.Step;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The step that decides about an event and, having decided, remembers its message. */
public final class Route extends Step<Arrival> {

  private final Router router;
  private final Supplier<Standing> standing;
  private final String store;
  private @Nullable RecentMessages recent;

  private Route(
      Router router, Supplier<Standing> standing, String store, Map<String, String> sinks) {
    super(sinks);
    this.router = router;
    this.standing = standing;
    this.store = store;
  }

  /**
   * Makes the step.
   *
   * @param standing gives the rules and settings as they stand
   */
  public static ProcessorSupplier<byte[], Arrival, byte[], Object> supplier(
      Filters filters,
      Connectors connectors,
      Supplier<Standing> standing,
      String store,
      Map<String, String> sinks) {
    var router = new Router(filters, FastPath.standard(), connectors);
    return () -> new Route(router, standing, store, sinks);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    super.init(context);
    recent = new RecentMessages(context.getStateStore(store));
  }

  @Override
  public void process(Record<byte[], Arrival> record) {
    Arrival arrival = record.value();
    List<Output> outputs;
    try {
      outputs = RoutingOutputs.of(arrival, router.route(arrival, standing.get()));
    } catch (RuntimeException | StackOverflowError e) {
      write(DeadLetters.of(arrival.source(), failed(arrival.source(), e)), record.timestamp());
      return;
    }
    if (recent == null) {
      throw new IllegalStateException("not initialized");
    }
    recent.remember(arrival);
    write(outputs, record.timestamp());
  }
}
