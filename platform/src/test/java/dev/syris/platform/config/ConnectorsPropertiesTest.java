package dev.syris.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.contracts.event.Channel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectorsPropertiesTest {

  private static ConnectorsProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("syris.ingest", ConnectorsProperties.class);
  }

  @Test
  void shouldReadADeclaredConnectorAsItIsWritten() {
    // When
    ConnectorsProperties properties =
        bind(
            Map.of(
                "syris.ingest.connectors.hub.channel", "ha_event",
                "syris.ingest.connectors.hub.auth", "standard-webhooks",
                "syris.ingest.connectors.hub.secret", "whsec_x",
                "syris.ingest.connectors.hub.via", "http,kafka",
                "syris.ingest.connectors.hub.granted_scopes", "timer,status",
                "syris.ingest.connectors.hub.fast_path", "false"));

    // Then
    ConnectorSettings hub = properties.settings("hub");
    assertThat(hub.channel()).isEqualTo(Channel.HA_EVENT);
    assertThat(hub.auth()).isEqualTo(ConnectorAuth.STANDARD_WEBHOOKS);
    assertThat(hub.via()).containsExactlyInAnyOrder(Via.HTTP, Via.KAFKA);
    assertThat(hub.grantedScopes()).containsExactly("timer", "status");
    assertThat(hub.fastPath()).isFalse();
    assertThat(properties.toString()).doesNotContain("whsec_x");
  }

  @Test
  void shouldGiveTimerAndStatusOnlyWhenNothingIsDeclared() {
    ConnectorsProperties none = bind(Map.of());
    assertThat(none.declared("x")).isFalse();
    assertThat(none.settings("x")).isEqualTo(ConnectorSettings.UNDECLARED);
  }

  @Test
  void shouldNameTheKeyWhenASecretIsMissing() {
    assertThatThrownBy(() -> bind(Map.of("syris.ingest.connectors.hub.auth", "github")))
        .hasStackTraceContaining("syris.ingest.connectors.hub.secret is missing");
  }

  @Test
  void shouldNameTheKeyWhenAChannelIsReserved() {
    assertThatThrownBy(() -> bind(Map.of("syris.ingest.connectors.hub.channel", "scheduler")))
        .hasStackTraceContaining("syris.ingest.connectors.hub.channel");
  }
}
