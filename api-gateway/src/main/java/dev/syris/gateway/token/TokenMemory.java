package dev.syris.gateway.token;

import dev.syris.gateway.access.Authenticator;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tokens in memory, so that events are let in while the database is away. A picture older than
 * {@link #FRESH} is renewed by whoever asks next (nobody asks, nothing is read), which is how
 * another instance's revocation arrives; one older than {@link #LIMIT} is no longer believed. What
 * this instance changes holds at once. Thread-safe.
 */
final class TokenMemory implements Authenticator {

  static final Duration FRESH = Duration.ofSeconds(1);
  static final Duration LIMIT = Duration.ofMinutes(10);

  /** Longest a request waits for a renewal before it makes do with what is there. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(TokenMemory.class);

  private final Supplier<List<Token>> source;
  private final InstantSource clock;
  private final Map<UUID, Instant> used = new ConcurrentHashMap<>();
  private final Object lock = new Object();

  private volatile Picture picture = new Picture(Map.of(), Instant.EPOCH);
  private @Nullable Renewal renewal;
  private long changes;

  TokenMemory(Supplier<List<Token>> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Tokens by the hash of their secret, as they were at one time. */
  private record Picture(Map<ByteBuffer, Token> byHash, Instant at) {}

  /** One reading under way. */
  private record Renewal(CompletableFuture<Void> done, Instant startedAt, long changes) {}

  @Override
  public Verdict verify(String secret) {
    Instant now = clock.instant();
    if (!refresh(now)) {
      return new Verdict.Unsure();
    }
    byte[] hash = TokenSecret.hash(secret);
    Token token = picture.byHash().get(ByteBuffer.wrap(hash));
    if (token == null || !MessageDigest.isEqual(token.hash(), hash)) {
      return new Verdict.Unknown();
    }
    if (token.expired(now)) {
      return new Verdict.Expired();
    }
    used.put(token.id(), now);
    return new Verdict.Known(token.caller());
  }

  /** Reads the tokens now; fails where the database does. */
  void load() {
    synchronized (lock) {
      changes++;
    }
    Instant started = clock.instant();
    show(source.get(), started);
  }

  void learn(Token token) {
    synchronized (lock) {
      changes++;
      var more = new HashMap<>(picture.byHash());
      more.put(ByteBuffer.wrap(token.hash()), token);
      picture = new Picture(Map.copyOf(more), picture.at());
    }
  }

  void forget(UUID id) {
    synchronized (lock) {
      changes++;
      var less = new HashMap<>(picture.byHash());
      less.values().removeIf(token -> token.id().equals(id));
      picture = new Picture(Map.copyOf(less), picture.at());
      used.remove(id);
    }
  }

  /** When which token was last used since the last time this was asked. */
  Map<UUID, Instant> takeUsed() {
    var taken = new HashMap<UUID, Instant>();
    used.keySet()
        .forEach(
            id -> {
              Instant when = used.remove(id);
              if (when != null) {
                taken.put(id, when);
              }
            });
    return taken;
  }

  /** Renews the picture where it is old; false where it is too old to go by. */
  private boolean refresh(Instant now) {
    if (younger(FRESH, now)) {
      return true;
    }
    Renewal under = renewalUnderWay(now);
    Duration left = PATIENCE.minus(Duration.between(under.startedAt(), now));
    if (left.isPositive()) {
      await(under, left);
    }
    return younger(LIMIT, now);
  }

  /** A picture from the future is as wrong as an old one: the clock was set back. */
  private boolean younger(Duration age, Instant now) {
    return Duration.between(picture.at(), now).abs().compareTo(age) < 0;
  }

  private Renewal renewalUnderWay(Instant now) {
    synchronized (lock) {
      if (renewal == null) {
        renewal = new Renewal(new CompletableFuture<>(), now, changes);
        Renewal started = renewal;
        Thread.ofVirtual().name("tokens-renewal").start(() -> renew(started));
      }
      return renewal;
    }
  }

  private void renew(Renewal mine) {
    try {
      List<Token> tokens = source.get();
      synchronized (lock) {
        if (changes == mine.changes()) {
          show(tokens, mine.startedAt());
        }
        renewal = null;
      }
    } catch (RuntimeException e) {
      LOG.debug("the tokens could not be read; going by what was read before", e);
      synchronized (lock) {
        renewal = null;
      }
    } finally {
      mine.done().complete(null);
    }
  }

  private void show(List<Token> tokens, Instant at) {
    var byHash = new HashMap<ByteBuffer, Token>();
    tokens.forEach(token -> byHash.put(ByteBuffer.wrap(token.hash()), token));
    picture = new Picture(Map.copyOf(byHash), at);
  }

  private static void await(Renewal renewal, Duration atMost) {
    try {
      renewal.done().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.debug("the tokens take long to read");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a renewal never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
