package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever owns the database can still not change the trail unseen. */
class TamperIT {

  private static SyrisProcess syris;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    syris = SyrisProcess.start();
    http = syris.http();
    String trace = http.accept(SpineIT.event("status"));
    await().atMost(Duration.ofSeconds(20)).until(() -> http.audit(trace).size() == 4);
  }

  @AfterAll
  static void stop() throws Exception {
    syris.close();
  }

  @Test
  void shouldRefuseToChangeTheTrailWhenTheOwnerTriesWithoutTakingTheGuardAway() throws Exception {
    // When
    try (Connection owner = owner();
        Statement sql = owner.createStatement()) {
      // Then
      for (String statement :
          new String[] {
            "update ledger.audit_event set outcome = 'success'",
            "delete from ledger.audit_event",
            "truncate ledger.audit_event"
          }) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> sql.execute(statement)))
            .as(statement)
            .isInstanceOf(java.sql.SQLException.class);
      }
    }
  }

  @Test
  void shouldNameTheRowWhenOneIsChanged() throws Exception {
    assertThat(
            firstInvalidAfter(
                "update ledger.audit_event set type = 'event.rejected' where sequence = 2"))
        .isEqualTo(2);
  }

  @Test
  void shouldNameTheRowWhenItsTextIsChanged() throws Exception {
    assertThat(
            firstInvalidAfter(
                "update ledger.audit_event set body = replace(body::text, 'success', 'failure')::json where sequence = 1"))
        .isEqualTo(1);
  }

  @Test
  void shouldNameTheGapWhenARowIsRemoved() throws Exception {
    assertThat(firstInvalidAfter("delete from ledger.audit_event where sequence = 3")).isEqualTo(3);
  }

  @Test
  void shouldNameTheEndWhenTheLastRowIsRemoved() throws Exception {
    long last = http.get("/audit/verify").json().path("head").path("sequence").asLong();
    assertThat(firstInvalidAfter("delete from ledger.audit_event where sequence = " + last))
        .isEqualTo(last);
  }

  @Test
  void shouldNameTheFirstWhenTwoRowsAreSwapped() throws Exception {
    assertThat(
            firstInvalidAfter(
                """
                update ledger.audit_event a set body = b.body, audit_id = b.audit_id, type = b.type, outcome = b.outcome,
                  stage = b.stage, recorded_at = b.recorded_at
                from ledger.audit_event b
                where (a.sequence = 2 and b.sequence = 3) or (a.sequence = 3 and b.sequence = 2)
                """))
        .isEqualTo(2);
  }

  /** Takes the guard away, tampers, asks, and puts everything back. */
  private static long firstInvalidAfter(String tampering) throws Exception {
    try (Connection owner = owner();
        Statement sql = owner.createStatement()) {
      guard(sql, "disable");
      sql.execute("create table ledger.untouched as select * from ledger.audit_event");
      try {
        assertThat(sql.executeUpdate(tampering)).isPositive();
        JsonNode verified = http.get("/audit/verify").json();
        assertThat(verified.path("valid").asBoolean()).isFalse();
        return verified.path("first_invalid").path("sequence").asLong();
      } finally {
        sql.execute("delete from ledger.audit_event");
        sql.execute("insert into ledger.audit_event select * from ledger.untouched");
        sql.execute("drop table ledger.untouched");
        guard(sql, "enable always");
        assertThat(http.get("/audit/verify").json().path("valid").asBoolean()).isTrue();
      }
    }
  }

  /** The triggers that refuse a change, on the table and on each of its segments. */
  private static void guard(Statement sql, String what) throws Exception {
    sql.execute(
        """
        do $$
        declare guarded record;
        begin
          for guarded in
            select tgrelid::regclass as tab, tgname as name from pg_trigger
             where not tgisinternal and tgparentid = 0
               and (tgrelid = 'ledger.audit_event'::regclass
                    or tgrelid in (select inhrelid from pg_inherits where inhparent = 'ledger.audit_event'::regclass))
          loop
            execute format('alter table %%s %s trigger %%I', guarded.tab, guarded.name);
          end loop;
        end $$
        """
            .formatted(what));
  }

  private static Connection owner() throws Exception {
    return connect("syris_owner");
  }

  private static Connection connect(String role) throws Exception {
    String port = syris.file("ports.properties").getProperty("postgres");
    String password = syris.file("credentials.properties").getProperty("postgres." + role);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/syris", role, password);
  }
}
