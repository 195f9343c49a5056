package dev.syris.platform.config;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.contracts.event.Channel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connectors the operator declared.
 *
 * @param connectors by connector id; write ids with other characters than letters, digits and
 *     dashes in brackets: {@code "[garage.door]"}
 */
@ConfigurationProperties("syris.ingest")
public record ConnectorsProperties(@DefaultValue Map<String, Connector> connectors) {

  /**
   * One declared connector.
   *
   * @param channel the only channel it may speak on; any public one where not given
   * @param auth how its webhook is authenticated
   * @param secret shared secret, needed by every kind but {@code token}
   * @param via doors through which it has its granted scopes
   * @param grantedScopes what its events may cause
   * @param fastPath whether its text is matched against the fast path
   */
  public record Connector(
      @Nullable Channel channel,
      @DefaultValue("token") ConnectorAuth auth,
      @Nullable String secret,
      @DefaultValue("http") Set<Via> via,
      @DefaultValue List<String> grantedScopes,
      @DefaultValue("true") boolean fastPath) {

    ConnectorSettings settings() {
      return new ConnectorSettings(channel, auth, secret, via, grantedScopes, fastPath);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
      return settings().toString();
    }
  }

  public ConnectorsProperties {
    connectors = Map.copyOf(connectors);
    connectors.forEach(ConnectorsProperties::check);
  }

  private static void check(String id, Connector connector) {
    String key = "syris.ingest.connectors." + id;
    if (connector.channel() != null && connector.channel().reserved()) {
      throw new IllegalArgumentException(
          key
              + ".channel: \""
              + connector.channel().wire()
              + "\" is reserved for SYRIS itself; use a public channel");
    }
    boolean needsSecret = connector.auth() != ConnectorAuth.TOKEN;
    if (needsSecret && (connector.secret() == null || connector.secret().isBlank())) {
      throw new IllegalArgumentException(key + ".secret is missing; auth needs a shared secret");
    }
  }

  public boolean declared(String connectorId) {
    return connectors.containsKey(connectorId);
  }

  /** What the configuration says of a connector, or what holds for one it does not name. */
  public ConnectorSettings settings(String connectorId) {
    Connector connector = connectors.get(connectorId);
    return connector == null ? ConnectorSettings.UNDECLARED : connector.settings();
  }

  /** All declared ones, in order of their ids. */
  public Map<String, ConnectorSettings> all() {
    var all = new TreeMap<String, ConnectorSettings>();
    connectors.forEach((id, connector) -> all.put(id, connector.settings()));
    return all;
  }
}
