package dev.syris.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A door whose key cannot be had does not open. */
class StartTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          secret:shop/hook          | refers to "secret:shop/hook"
          ${SYRIS_NO_SUCH_VARIABLE} | SYRIS_NO_SUCH_VARIABLE
          """)
  void shouldNotStartWhenASecretCannotBeHad(String secret, String told) {
    assertThatThrownBy(
            () ->
                IngestService.application()
                    .run(
                        "--syris.ingest.connectors.shop.auth=github",
                        "--syris.ingest.connectors.shop.secret=" + secret,
                        "--syris.kafka.bootstrap-servers=127.0.0.1:1",
                        "--syris.postgres.url=jdbc:postgresql://127.0.0.1:1/none",
                        "--syris.postgres.username=nobody",
                        "--syris.postgres.password=none",
                        "--syris.assertion.key=" + "A".repeat(43) + "="))
        .rootCause()
        .hasMessageContaining(told);
  }
}
