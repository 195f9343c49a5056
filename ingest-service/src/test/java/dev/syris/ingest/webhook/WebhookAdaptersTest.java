package dev.syris.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.Via;
import dev.syris.platform.config.ConnectorsProperties;
import dev.syris.platform.config.ConnectorsProperties.Connector;
import dev.syris.platform.secret.KeySource;
import dev.syris.platform.secret.SecretStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class WebhookAdaptersTest {

  private static final SecretStore NO_KEYS =
      new SecretStore(JdbcClient.create(new DriverManagerDataSource()), new KeySource.None());

  @Test
  void shouldOpenAWebhookOnlyForConnectorsDeclaredForHttp() {
    // When
    var adapters =
        new WebhookAdapters(
            new ConnectorsProperties(
                Map.of(
                    "open", connector(ConnectorAuth.TOKEN, null, Via.HTTP, Via.KAFKA),
                    "topic", connector(ConnectorAuth.TOKEN, null, Via.KAFKA))),
            NO_KEYS);

    // Then
    assertThat(adapters.of("open")).isPresent();
    assertThat(adapters.of("topic")).isEmpty();
    assertThat(adapters.of("undeclared")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GITHUB            | secret:github/hook | "secret:github/hook"
          SHARED_HEADER     | secret:hunter2     | a secret
          GITHUB            | ${GITHUB_SECRET}   | ${GITHUB_SECRET}
          STANDARD_WEBHOOKS | whsec_hunter2!     | base64
          """)
  void shouldStayClosedAndNameTheKeyWhenASecretCannotBeHad(
      ConnectorAuth auth, String secret, String told) {
    // Given
    var connectors = new ConnectorsProperties(Map.of("hook", connector(auth, secret, Via.HTTP)));

    // When / Then
    assertThatThrownBy(() -> new WebhookAdapters(connectors, NO_KEYS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("syris.ingest.connectors.hook.secret")
        .hasMessageContaining(told)
        .hasMessageNotContaining("hunter2");
  }

  private static Connector connector(ConnectorAuth auth, String secret, Via... via) {
    return new Connector(null, auth, secret, Set.of(via), List.of(), true);
  }
}
