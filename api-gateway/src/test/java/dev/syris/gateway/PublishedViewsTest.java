package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.testkit.schema.PublishedSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway tells on its own account is what the published schemas say. */
class PublishedViewsTest {

  @ParameterizedTest
  @CsvSource({"health, dev.syris.gateway.health.Health", "trace, dev.syris.gateway.trace.Trace"})
  void shouldSayTheSameAsTheRecord(String schema, String record) throws ClassNotFoundException {
    assertThat(PublishedSchema.named(schema).differencesFrom(Class.forName(record))).isEmpty();
  }
}
