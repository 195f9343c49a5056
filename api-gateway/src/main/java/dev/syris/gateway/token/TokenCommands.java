package dev.syris.gateway.token;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.idempotency.Answer;
import dev.syris.gateway.idempotency.IdempotentAnswers;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes tokens and takes them back: row, audit and remembered answer are one transaction, then the
 * memory follows.
 */
final class TokenCommands {

  private final TokenTable table;
  private final TokenMemory memory;
  private final IdempotentAnswers answers;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final IdSource ids;
  private final SecureRandom random = new SecureRandom();

  TokenCommands(
      TokenTable table,
      TokenMemory memory,
      IdempotentAnswers answers,
      Outbox outbox,
      TransactionTemplate transaction,
      Tools tools) {
    this.table = table;
    this.memory = memory;
    this.answers = answers;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = tools.clock();
    this.ids = tools.ids();
  }

  /** Where times and ids come from. */
  record Tools(InstantSource clock, IdSource ids) {}

  /**
   * Makes a token and gives the answer that shows its secret.
   *
   * @param repeat how to know a repeated request; null where the caller sent no key
   */
  Answer create(
      NewToken wish, Caller caller, TraceId trace, IdempotentAnswers.@Nullable Request repeat) {
    var made = new AtomicReference<@Nullable Token>();
    Answer answer =
        answers.once(
            repeat,
            () -> {
              String secret = TokenSecret.mint(random);
              Token token = token(wish, caller, secret);
              table.insert(token);
              outbox.append(List.of(TokenAudit.created(token, deed(caller, trace))));
              made.set(token);
              return new Answer(201, Json.bytes(shown(token, secret)));
            });
    Token token = made.get();
    if (token != null && answer.fresh()) {
      memory.learn(token);
    }
    return answer;
  }

  /** Takes a token back; from the moment this returns it opens nothing here. */
  void delete(UUID id, Caller caller, TraceId trace) {
    transaction.executeWithoutResult(
        status -> {
          table.lock();
          Token token = table.find(id).orElseThrow(() -> notFound(id));
          if (token.keepsTheDoorOpen()
              && table.all().stream().filter(Token::keepsTheDoorOpen).count() == 1) {
            throw new ProblemException(
                CommonProblem.CONFLICT,
                "token.last_admin",
                "this is the last admin token that does not expire; make another one first");
          }
          table.delete(id);
          outbox.append(List.of(TokenAudit.deleted(token, deed(caller, trace))));
        });
    memory.forget(id);
  }

  static ProblemException notFound(Object id) {
    return new ProblemException(
        CommonProblem.NOT_FOUND, "token.not_found", "there is no token " + id);
  }

  private Token token(NewToken wish, Caller caller, String secret) {
    return new Token(
        ids.next(),
        wish.name(),
        TokenSecret.hash(secret),
        wish.scopes(),
        wish.toolScopes(),
        Token.Origin.API,
        UUID.fromString(caller.tokenId()),
        clock.instant(),
        wish.expiresAt());
  }

  private TokenAudit.Deed deed(Caller caller, TraceId trace) {
    return new TokenAudit.Deed(AuditActor.token(caller.tokenId()), trace, clock.instant());
  }

  private static ObjectNode shown(Token token, String secret) {
    ObjectNode shown = Json.object();
    shown.put("token_id", token.id().toString());
    shown.put("name", token.name());
    var scopes = shown.putArray("scopes");
    token.scopes().stream().sorted().forEach(scopes::add);
    if (token.toolScopes() != null) {
      var toolScopes = shown.putArray("tool_scopes");
      token.toolScopes().forEach(toolScopes::add);
    }
    shown.put("origin", "api");
    shown.put("created_by", Objects.toString(token.createdBy()));
    shown.put("created_at", InstantCodec.format(token.createdAt()));
    Instant expiresAt = token.expiresAt();
    if (expiresAt != null) {
      shown.put("expires_at", InstantCodec.format(expiresAt));
    }
    return shown.put("secret", secret);
  }
}
