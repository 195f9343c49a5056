package dev.syris.ingest.webhook;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells how each webhook has fared. Never down: a webhook nobody calls, or calls wrongly, is no
 * fault of ours.
 */
final class WebhooksProbe implements HealthProbe {

  private final WebhookAdapters adapters;

  WebhooksProbe(WebhookAdapters adapters) {
    this.adapters = adapters;
  }

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public Result check() {
    Map<String, Object> details = new TreeMap<>();
    adapters.all().forEach(adapter -> details.put(adapter.connectorId(), adapter.health()));
    return Result.up(Map.of("connectors", details));
  }
}
