package dev.syris.gateway.token;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees to it, before the server listens, that the operator has a token: the one in {@code
 * SYRIS_TOKEN}, or else one in {@code <data>/operator.token}.
 *
 * <p>The file is written before the row is committed. A crash in between leaves a file without a
 * row, and the next start makes the row from the file; the other order could leave a row whose
 * secret nobody has.
 */
final class OperatorToken implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorToken.class);

  private final TokenTable table;
  private final TokenMemory memory;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final IdSource ids;
  private final Source source;
  private volatile boolean running;

  OperatorToken(
      TokenTable table,
      TokenMemory memory,
      Outbox outbox,
      TransactionTemplate transaction,
      TokenCommands.Tools tools,
      Source source) {
    this.table = table;
    this.memory = memory;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = tools.clock();
    this.ids = tools.ids();
    this.source = source;
  }

  /**
   * Where the secret comes from.
   *
   * @param given {@code SYRIS_TOKEN}; empty where it is not set
   */
  record Source(String given, SecretFile file) {

    Source {
      if (!given.isEmpty() && given.length() < TokenSecret.MIN_LENGTH) {
        throw new IllegalArgumentException(
            "SYRIS_TOKEN has %d characters; it opens everything, so give it at least %d"
                .formatted(given.length(), TokenSecret.MIN_LENGTH));
      }
    }
  }

  @Override
  public void start() {
    transaction.executeWithoutResult(
        status -> {
          table.lock();
          var tokens = new ArrayList<>(table.all());
          if (!source.given().isEmpty()) {
            honourGiven(tokens);
          }
          if (tokens.stream().noneMatch(Token::keepsTheDoorOpen)) {
            insert(fromFile(), Token.Origin.FIRST_START, "operator");
            LOG.info("the operator's token is in {}", source.file().path());
          }
        });
    memory.load();
    running = true;
  }

  /**
   * A secret that is known stays what it is: exporting a reader's token for the CLI must not make
   * it an admin's.
   */
  private void honourGiven(List<Token> tokens) {
    byte[] hash = TokenSecret.hash(source.given());
    Optional<Token> known =
        tokens.stream().filter(token -> MessageDigest.isEqual(token.hash(), hash)).findFirst();
    if (known.isPresent()) {
      if (!known.get().keepsTheDoorOpen()) {
        LOG.warn(
            "SYRIS_TOKEN is the token \"{}\", which is no admin's; it stays what it is",
            known.get().name());
      }
      return;
    }
    tokens.stream()
        .filter(token -> token.origin() == Token.Origin.ENVIRONMENT)
        .toList()
        .forEach(
            old -> {
              table.delete(old.id());
              outbox.append(List.of(TokenAudit.deleted(old, deed())));
              tokens.remove(old);
            });
    tokens.add(insert(source.given(), Token.Origin.ENVIRONMENT, "SYRIS_TOKEN"));
  }

  private String fromFile() {
    Optional<String> kept = source.file().read();
    if (kept.isPresent()) {
      source.file().close();
      return kept.get();
    }
    String secret = TokenSecret.mint(new SecureRandom());
    source.file().write(secret);
    return secret;
  }

  private Token insert(String secret, Token.Origin origin, String name) {
    var token =
        new Token(
            ids.next(),
            name,
            TokenSecret.hash(secret),
            Set.of("admin"),
            null,
            origin,
            null,
            clock.instant(),
            null);
    table.insert(token);
    outbox.append(List.of(TokenAudit.created(token, deed())));
    return token;
  }

  private TokenAudit.Deed deed() {
    return new TokenAudit.Deed(AuditActor.system("gateway"), ids.nextTraceId(), clock.instant());
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the server, which starts last of all. */
  @Override
  public int getPhase() {
    return 0;
  }
}
