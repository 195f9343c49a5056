package dev.syris.gateway.forward;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Base addresses of the services behind the gateway.
 *
 * @param ingest the ingest service
 * @param task the task service
 * @param pipeline the pipeline
 */
@ConfigurationProperties("syris.services")
public record ServiceAddresses(URI ingest, URI task, URI pipeline) {

  public ServiceAddresses {
    check("ingest", ingest);
    check("task", task);
    check("pipeline", pipeline);
  }

  private static void check(String name, URI address) {
    if (address == null || address.getHost() == null || address.getScheme() == null) {
      throw new IllegalArgumentException(
          "syris.services."
              + name
              + " is \""
              + address
              + "\"; it must be an address such as http://127.0.0.1:8081");
    }
  }

  /** By name, in the order things flow. */
  public Map<String, URI> all() {
    var all = new LinkedHashMap<String, URI>();
    all.put("ingest", ingest);
    all.put("pipeline", pipeline);
    all.put("task", task);
    return all;
  }
}
