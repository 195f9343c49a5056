package dev.syris.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.Uuids;
import dev.syris.gateway.access.Authenticator.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokenMemoryTest {

  private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");
  private static final String SECRET = "syris_one";

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource clock = now::get;
  private final List<Token> rows = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private final TokenMemory memory =
      new TokenMemory(
          () -> {
            if (away) {
              throw new IllegalStateException("the database is away");
            }
            return List.copyOf(rows);
          },
          clock);

  @Test
  void shouldKnowATokenByItsSecret() {
    // Given
    rows.add(token(SECRET, null));
    // When
    Verdict verdict = memory.verify(SECRET);
    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Known.class,
            known -> assertThat(known.caller().scopes()).containsExactly("read"));
    assertThat(memory.verify("syris_two")).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void shouldRefuseATokenFromTheMomentItExpires() {
    // Given
    rows.add(token(SECRET, START.plusSeconds(10)));
    // When / Then
    now.set(START.plusMillis(9_999));
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Known.class);
    now.set(START.plusSeconds(10));
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Expired.class);
  }

  @Test
  void shouldNoticeWithinASecondWhatAnotherInstanceTookBack() {
    // Given
    rows.add(token(SECRET, null));
    memory.verify(SECRET);
    rows.clear();
    // When
    now.set(START.plusMillis(1_001));
    // Then
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void shouldGoByWhatItKnowsWhileTheDatabaseIsAwayButNotForEver() {
    // Given
    rows.add(token(SECRET, null));
    memory.verify(SECRET);
    away = true;
    // When / Then
    now.set(START.plus(TokenMemory.LIMIT).minusSeconds(1));
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Known.class);
    now.set(START.plus(TokenMemory.LIMIT));
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Unsure.class);
  }

  @Test
  void shouldForgetAtOnceEvenWhileTheDatabaseIsAway() {
    // Given
    Token token = token(SECRET, null);
    rows.add(token);
    memory.verify(SECRET);
    away = true;
    // When
    memory.forget(token.id());
    // Then
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void shouldLearnAtOnce() {
    // Given
    memory.load();
    // When
    memory.learn(token(SECRET, null));
    // Then
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Known.class);
  }

  @Test
  void shouldNotBelieveAPictureFromTheFuture() {
    // Given
    rows.add(token(SECRET, null));
    memory.verify(SECRET);
    rows.clear();
    // When
    now.set(START.minus(Duration.ofHours(1)));
    // Then
    assertThat(memory.verify(SECRET)).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void shouldTellOnceWhenATokenWasUsed() {
    // Given
    Token token = token(SECRET, null);
    rows.add(token);
    memory.verify(SECRET);
    // When / Then
    assertThat(memory.takeUsed()).containsOnly(java.util.Map.entry(token.id(), START));
    assertThat(memory.takeUsed()).isEmpty();
  }

  private static Token token(String secret, Instant expiresAt) {
    UUID id = Uuids.named(secret);
    return new Token(
        id,
        "test",
        TokenSecret.hash(secret),
        Set.of("read"),
        null,
        Token.Origin.API,
        null,
        START,
        expiresAt);
  }
}
