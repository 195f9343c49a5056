package dev.syris.ingest.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithBackends
class ForgettingIT {

  private static final TestDatabase DATABASE = TestBackends.freshDatabase();
  private static final HikariDataSource SERVICE =
      DATABASE.as("syris_ingest").dataSource("test-ingest");

  private final JdbcClient jdbc = JdbcClient.create(SERVICE);

  @AfterAll
  static void close() {
    SERVICE.close();
  }

  @Test
  void shouldDeleteEveryKeyThatIsADayOldAndNoOther() {
    // Given
    jdbc.sql(
            """
            insert into ingest.idempotency (caller, path, key, request_hash, event_ids, trace_ids, created_at)
            select 'token', '/events', n::text, sha256('x'),
                   array[gen_random_uuid()], array[gen_random_uuid()],
                   now() - case when n <= 2500 then interval '24 hours' else interval '23 hours' end
              from generate_series(1, 2600) n
            """)
        .update();

    // When
    try (var forgetting = new Forgetting(new KnownRequests(jdbc))) {
      forgetting.forget();
    }

    // Then
    assertThat(jdbc.sql("select count(*) from ingest.idempotency").query(Integer.class).single())
        .isEqualTo(100);
  }

  @Test
  void shouldTryAgainLaterWhenTheDatabaseIsAway() {
    // Given
    var nowhere = new PGSimpleDataSource();
    nowhere.setURL("jdbc:postgresql://127.0.0.1:1/none");

    // When / Then
    try (var forgetting = new Forgetting(new KnownRequests(JdbcClient.create(nowhere)))) {
      assertThatNoException().isThrownBy(forgetting::forget);
    }
  }
}
