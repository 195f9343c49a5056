package dev.syris.gateway.token;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the tokens. */
final class TokenTable {

  private static final String SELECT =
      """
      select token_id, name, hash, scopes, tool_scopes, origin, created_by, created_at, expires_at
        from gateway.token
      """;

  private static final String INSERT =
      """
      insert into gateway.token
        (token_id, name, hash, scopes, tool_scopes, origin, created_by, created_at, expires_at)
      values
        (:id, :name, :hash, :scopes, :tool_scopes, :origin, :created_by, :created_at, :expires_at)
      """;

  private static final String TOUCH =
      """
      update gateway.token set last_used_at = :at
       where token_id = :id and (last_used_at is null or last_used_at < :at)
      """;

  private final JdbcClient jdbc;

  TokenTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps others from changing tokens until the transaction ends; reading goes on. */
  void lock() {
    jdbc.sql("lock table gateway.token in share row exclusive mode").update();
  }

  List<Token> all() {
    return jdbc.sql(SELECT).query((row, number) -> token(row)).list();
  }

  Optional<Token> find(UUID id) {
    return jdbc.sql(SELECT + " where token_id = :id")
        .param("id", id)
        .query((row, number) -> token(row))
        .optional();
  }

  void insert(Token token) {
    jdbc.sql(INSERT)
        .param("id", token.id())
        .param("name", token.name())
        .param("hash", token.hash())
        .param("scopes", token.scopes().stream().sorted().toArray(String[]::new))
        .param("tool_scopes", array(token.toolScopes()), java.sql.Types.ARRAY)
        .param("origin", token.origin().name().toLowerCase(Locale.ROOT))
        .param("created_by", token.createdBy(), java.sql.Types.OTHER)
        .param("created_at", at(token.createdAt()))
        .param("expires_at", at(token.expiresAt()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("delete from gateway.token where token_id = :id").param("id", id).update();
  }

  void touch(Map<UUID, Instant> lastUsed) {
    lastUsed.forEach((id, when) -> jdbc.sql(TOUCH).param("id", id).param("at", at(when)).update());
  }

  private static Token token(ResultSet row) throws SQLException {
    return new Token(
        row.getObject("token_id", UUID.class),
        row.getString("name"),
        row.getBytes("hash"),
        Set.of((String[]) row.getArray("scopes").getArray()),
        list(row.getArray("tool_scopes")),
        Token.Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
        row.getObject("created_by", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("expires_at", OffsetDateTime.class)));
  }

  private static @Nullable List<String> list(@Nullable Array array) throws SQLException {
    return array == null ? null : List.of((String[]) array.getArray());
  }

  private static String @Nullable [] array(@Nullable List<String> texts) {
    return texts == null ? null : texts.toArray(String[]::new);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
