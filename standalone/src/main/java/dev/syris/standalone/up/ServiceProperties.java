package dev.syris.standalone.up;

import dev.syris.standalone.data.Credentials;
import dev.syris.standalone.data.Installation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What each service is told, in memory only: addresses, its own credentials, the shared key. */
final class ServiceProperties {

  private final Credentials credentials;
  private final Path folder;
  private final String kafka;
  private final String jdbcUrl;
  private final Ports ports;
  private final UpSettings settings;

  ServiceProperties(
      Credentials credentials, Path folder, Backends backends, Ports ports, UpSettings settings) {
    this.credentials = credentials;
    this.folder = folder;
    this.kafka = backends.kafkaAddress();
    this.jdbcUrl = backends.jdbcUrl();
    this.ports = ports;
    this.settings = settings;
  }

  Map<String, Object> ingest() {
    var properties = common("ingest", ports.ingest());
    postgres(properties, "syris.postgres", "syris_ingest");
    secrets(properties);
    return properties;
  }

  Map<String, Object> pipeline() {
    return common("pipeline", ports.pipeline());
  }

  Map<String, Object> task() {
    var properties = common("task", ports.task());
    postgres(properties, "syris.postgres", "syris_task");
    secrets(properties);
    properties.put("syris.policy.file", folder.resolve("policy.yml").toString());
    return properties;
  }

  Map<String, Object> gateway() {
    var properties = common("gateway", settings.port());
    properties.put("server.address", settings.bind());
    postgres(properties, "syris.postgres", "syris_gateway");
    postgres(properties, "syris.ledger", "syris_ledger");
    properties.put("syris.artifacts.key", credentials.key("artifacts"));
    properties.put("syris.services.ingest", "http://127.0.0.1:" + ports.ingest());
    properties.put("syris.services.pipeline", "http://127.0.0.1:" + ports.pipeline());
    properties.put("syris.services.task", "http://127.0.0.1:" + ports.task());
    return properties;
  }

  private Map<String, Object> common(String principal, int port) {
    var properties = new HashMap<String, Object>(settings.common());
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", port);
    properties.put("syris.data", folder.toString());
    properties.put("syris.kafka.bootstrap-servers", kafka);
    properties.put("syris.kafka.username", principal);
    properties.put("syris.kafka.password", credentials.kafka(principal));
    properties.put("syris.assertion.key", credentials.key("assertion"));
    return properties;
  }

  private void secrets(Map<String, Object> properties) {
    properties.put("syris.secrets.key-file", new Installation(folder).secretsKey().toString());
  }

  private void postgres(Map<String, Object> properties, String prefix, String role) {
    properties.put(prefix + ".url", jdbcUrl);
    properties.put(prefix + ".username", role);
    properties.put(prefix + ".password", credentials.postgres(role));
  }
}
