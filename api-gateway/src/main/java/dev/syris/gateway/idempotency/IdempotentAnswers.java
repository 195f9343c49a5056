package dev.syris.gateway.idempotency;

import dev.syris.contracts.id.Uuids;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a command at most once for a key. The remembered answer and what the command did are one
 * transaction; of two at once the second waits on the primary key, fails with the first one's
 * commit, and reads its answer.
 */
public final class IdempotentAnswers {

  private static final Duration KEPT = Duration.ofHours(24);

  private static final String FIND =
      """
      select request_hash, status, answer from gateway.idempotent_answer
       where caller = :caller and key_hash = :key and created_at > :oldest
      """;

  private static final String INSERT =
      """
      insert into gateway.idempotent_answer (caller, key_hash, request_hash, status, answer, created_at)
      values (:caller, :key, :request, :status, :answer, :at)
      """;

  private static final String EXPIRE =
      "delete from gateway.idempotent_answer where created_at <= :oldest";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final AnswerSeal seal = new AnswerSeal();

  public IdempotentAnswers(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * How to know a request again.
   *
   * @param caller the token's id
   * @param secret the token's secret, which seals the answer and is not kept
   * @param key the Idempotency-Key
   * @param content method, path and body
   */
  public record Request(UUID caller, String secret, String key, byte[] content) {}

  private record Kept(byte[] requestHash, int status, byte[] sealed) {}

  /**
   * The command's answer, or the one it gave before. Without a key it just runs, in a transaction
   * all the same.
   */
  public Answer once(@Nullable Request request, Supplier<Answer> command) {
    if (request == null) {
      return Objects.requireNonNull(transaction.execute(status -> command.get()));
    }
    try {
      return Objects.requireNonNull(transaction.execute(status -> repeatOrRun(request, command)));
    } catch (DuplicateKeyException e) {
      return find(request).map(kept -> replay(request, kept)).orElseThrow(() -> e);
    }
  }

  private Answer repeatOrRun(Request request, Supplier<Answer> command) {
    Optional<Kept> kept = find(request);
    if (kept.isPresent()) {
      return replay(request, kept.get());
    }
    jdbc.sql(EXPIRE).param("oldest", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)).update();
    Answer answer = command.get();
    jdbc.sql(INSERT)
        .param("caller", request.caller())
        .param("key", hash(request.key().getBytes(StandardCharsets.UTF_8)))
        .param("request", hash(request.content()))
        .param("status", answer.status())
        .param("answer", seal.seal(request.secret(), request.key(), answer.body()))
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return answer;
  }

  private Optional<Kept> find(Request request) {
    return jdbc.sql(FIND)
        .param("caller", request.caller())
        .param("key", hash(request.key().getBytes(StandardCharsets.UTF_8)))
        .param("oldest", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .query(
            (row, number) ->
                new Kept(
                    row.getBytes("request_hash"), row.getInt("status"), row.getBytes("answer")))
        .optional();
  }

  private Answer replay(Request request, Kept kept) {
    if (!MessageDigest.isEqual(kept.requestHash(), hash(request.content()))) {
      throw new ProblemException(
          CommonProblem.IDEMPOTENCY_CONFLICT,
          "idempotency.conflict",
          "this Idempotency-Key was used for another request within the last 24 hours");
    }
    return new Answer(
        kept.status(), seal.open(request.secret(), request.key(), kept.sealed()), false);
  }

  private static byte[] hash(byte[] bytes) {
    return Uuids.sha256().digest(bytes);
  }
}
