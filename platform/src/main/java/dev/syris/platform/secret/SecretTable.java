package dev.syris.platform.secret;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of secrets. Services may read; writing needs the owner. */
final class SecretTable {

  private static final String FIND =
      "select name, key_id, sealed, set_at from secret.secret where name = :name";

  private static final String ALL =
      "select name, key_id, sealed, set_at from secret.secret order by name";

  /** {@code xmin} is new with every write, whatever the clock says. */
  private static final String STATE =
      """
      select md5(coalesce(string_agg(concat_ws(' ', name, xmin), ',' order by name), ''))
        from secret.secret
      """;

  private static final String PUT =
      """
      insert into secret.secret (name, key_id, sealed, set_at)
      values (:name, :keyId, :sealed, :now)
      on conflict (name) do update
         set key_id = excluded.key_id, sealed = excluded.sealed, set_at = excluded.set_at
      """;

  private static final String RESEAL =
      "update secret.secret set key_id = :keyId, sealed = :sealed where name = :name";

  private static final String REMOVE = "delete from secret.secret where name = :name";

  /** Readers go on; whoever else would write or rotate waits. */
  private static final String LOCK = "lock table secret.secret in share row exclusive mode";

  private final JdbcClient jdbc;

  SecretTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A secret as it is kept. */
  record Row(SecretName name, String keyId, byte[] sealed, Instant setAt) {

    /** What it is bound to: it opens as nothing else. */
    String purpose() {
      return purpose(name);
    }

    static String purpose(SecretName name) {
      return "secret:" + name;
    }

    @Override
    public String toString() {
      return "Row[%s, %s]".formatted(name, keyId);
    }
  }

  Optional<Row> find(SecretName name) {
    return jdbc.sql(FIND).param("name", name.value()).query(SecretTable::row).optional();
  }

  List<Row> all() {
    return jdbc.sql(ALL).query(SecretTable::row).list();
  }

  /** Changes with every change of a row. */
  String state() {
    return jdbc.sql(STATE).query(String.class).single();
  }

  void put(SecretName name, String keyId, byte[] sealed, Instant now) {
    jdbc.sql(PUT)
        .param("name", name.value())
        .param("keyId", keyId)
        .param("sealed", sealed)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void reseal(SecretName name, String keyId, byte[] sealed) {
    jdbc.sql(RESEAL)
        .param("name", name.value())
        .param("keyId", keyId)
        .param("sealed", sealed)
        .update();
  }

  boolean remove(SecretName name) {
    return jdbc.sql(REMOVE).param("name", name.value()).update() == 1;
  }

  void lock() {
    jdbc.sql(LOCK).update();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        new SecretName(Objects.requireNonNull(row.getString("name"))),
        Objects.requireNonNull(row.getString("key_id")),
        Objects.requireNonNull(row.getBytes("sealed")),
        Objects.requireNonNull(row.getObject("set_at", OffsetDateTime.class)).toInstant());
  }
}
