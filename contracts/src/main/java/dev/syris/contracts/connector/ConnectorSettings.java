package dev.syris.contracts.connector;

import dev.syris.contracts.event.Channel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code syris.ingest.connectors}.
 *
 * @param channel the only channel it may speak on; any public one where null
 * @param auth how its webhook is authenticated
 * @param secret shared secret; needed by every kind but {@code token}
 * @param via doors through which it has its granted scopes
 * @param grantedScopes what its events may cause
 * @param fastPath whether its text is matched against the fast path
 */
public record ConnectorSettings(
    @Nullable Channel channel,
    ConnectorAuth auth,
    @Nullable String secret,
    Set<Via> via,
    List<String> grantedScopes,
    boolean fastPath) {

  /** What every connector has that the configuration does not name. */
  public static final ConnectorSettings UNDECLARED =
      new ConnectorSettings(
          null, ConnectorAuth.TOKEN, null, Set.of(), List.of("timer", "status"), true);

  public ConnectorSettings {
    via = Set.copyOf(via);
    grantedScopes = List.copyOf(grantedScopes);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "ConnectorSettings[channel=%s, auth=%s, via=%s, grantedScopes=%s, fastPath=%s]"
        .formatted(channel, auth, via, grantedScopes, fastPath);
  }
}
