package dev.syris.task.decide;

import dev.syris.contracts.id.Uuids;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Links by which approvals are answered. Whoever has one may answer, so only its hash is kept.
 * Thread-safe.
 */
public final class DecisionLinks {

  private static final int TOKEN_BYTES = 32;

  private static final String REPLACE =
      """
      update task.decision_link set expires_at = :now
       where approval_id = :approval and target = :target and used_at is null and expires_at > :now
      """;

  private static final String INSERT =
      """
      insert into task.decision_link (token_hash, approval_id, target, created_at, expires_at)
      values (:hash, :approval, :target, :now, :expires)
      """;

  private static final String FIND =
      "select approval_id, target, expires_at, used_at from task.decision_link where token_hash = :hash";

  private static final String USE =
      "update task.decision_link set used_at = :now where token_hash = :hash and used_at is null";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public DecisionLinks(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * A link as it is.
   *
   * @param expiresAt when its approval expires, or when another one took its place
   */
  record Link(UUID approval, String target, Instant expiresAt, @Nullable Instant usedAt) {

    boolean good(Instant now) {
      return usedAt == null && expiresAt.isAfter(now);
    }
  }

  /** The token of a new link; that of before for the same target is good no more. */
  public String create(UUID approval, String target, Instant expiresAt) {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    OffsetDateTime now = now();
    transaction.executeWithoutResult(
        _ -> {
          jdbc.sql(REPLACE)
              .param("approval", approval)
              .param("target", target)
              .param("now", now)
              .update();
          jdbc.sql(INSERT)
              .param("hash", hash(token))
              .param("approval", approval)
              .param("target", target)
              .param("now", now)
              .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
              .update();
        });
    return token;
  }

  Optional<Link> find(String token) {
    return jdbc.sql(FIND)
        .param("hash", hash(token))
        .query(
            (row, _) -> {
              OffsetDateTime used = row.getObject("used_at", OffsetDateTime.class);
              return new Link(
                  Objects.requireNonNull(row.getObject("approval_id", UUID.class)),
                  Objects.requireNonNull(row.getString("target")),
                  Objects.requireNonNull(row.getObject("expires_at", OffsetDateTime.class))
                      .toInstant(),
                  used == null ? null : used.toInstant());
            })
        .optional();
  }

  /** It was answered by this link, or needs no answer any more. */
  void use(String token) {
    jdbc.sql(USE).param("hash", hash(token)).param("now", now()).update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(Uuids.sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
  }
}
