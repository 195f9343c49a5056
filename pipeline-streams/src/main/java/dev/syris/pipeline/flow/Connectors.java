package dev.syris.pipeline.flow;

import dev.syris.contracts.connector.ConnectorSettings;
import java.util.Map;

/** What the configuration says of the connectors, fixed for the life of the process. */
public final class Connectors {

  private final Map<String, ConnectorSettings> declared;

  public Connectors(Map<String, ConnectorSettings> declared) {
    this.declared = Map.copyOf(declared);
  }

  /** The settings of a connector, or what holds for one the configuration does not name. */
  public ConnectorSettings settings(String connectorId) {
    return declared.getOrDefault(connectorId, ConnectorSettings.UNDECLARED);
  }
}
