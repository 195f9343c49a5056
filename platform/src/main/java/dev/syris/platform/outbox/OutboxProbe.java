package dev.syris.platform.outbox;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether the relay is at work, or waits while another instance is. */
final class OutboxProbe implements HealthProbe {

  private final OutboxRelay relay;

  OutboxProbe(OutboxRelay relay) {
    this.relay = relay;
  }

  @Override
  public String name() {
    return "outbox-relay";
  }

  @Override
  public Result check() {
    String failure = relay.failure();
    if (failure != null) {
      return Result.down(failure);
    }
    return relay.isRunning()
        ? Result.up(Map.of("leading", relay.leading()))
        : Result.down("stopped");
  }
}
