package dev.syris.platform.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAssertionTest {

  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
  private static final String KEY = key((byte) 7);

  private final Caller caller = new Caller("t-1", "door", Set.of("ingest"));
  private final CallerAssertion assertion = at(KEY, NOW);

  private static String key(byte fill) {
    var bytes = new byte[32];
    java.util.Arrays.fill(bytes, fill);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static CallerAssertion at(String key, Instant now) {
    return new CallerAssertion(key, InstantSource.fixed(now));
  }

  @Test
  void shouldNameTheCallerWhenSignedForThisRequest() {
    // When
    var result = assertion.verify(assertion.sign(caller, "POST", "/events"), "POST", "/events");

    // Then
    assertThat(result).isEqualTo(new CallerAssertion.Result.Valid(caller));
  }

  @Test
  void shouldRefuseWhenItIsForAnotherPathOrMethod() {
    String signed = assertion.sign(caller, "POST", "/events");
    assertThat(assertion.verify(signed, "POST", "/tokens"))
        .isInstanceOf(CallerAssertion.Result.Refused.class);
    assertThat(assertion.verify(signed, "GET", "/events"))
        .isInstanceOf(CallerAssertion.Result.Refused.class);
  }

  @Test
  void shouldRefuseWhenItHasExpired() {
    String signed = assertion.sign(caller, "POST", "/events");
    CallerAssertion later = at(KEY, NOW.plus(CallerAssertion.LIFETIME));
    assertThat(later.verify(signed, "POST", "/events"))
        .isEqualTo(new CallerAssertion.Result.Refused("the assertion has expired"));
  }

  @Test
  void shouldRefuseWhenAnotherKeySignedIt() {
    String signed = at(key((byte) 8), NOW).sign(caller, "POST", "/events");
    assertThat(assertion.verify(signed, "POST", "/events"))
        .isInstanceOf(CallerAssertion.Result.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "garbage"})
  void shouldRefuseWhatIsNoAssertion(String header) {
    assertThat(assertion.verify(header, "POST", "/events"))
        .isInstanceOf(CallerAssertion.Result.Refused.class);
  }

  @Test
  void shouldSayHowLongAKeyMustBeWhenItIsShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Base64.getEncoder().encodeToString(new byte[8]), NOW))
        .withMessageContaining("8 bytes")
        .withMessageContaining("32");
  }

  @Test
  void shouldGiveAdminEveryScope() {
    assertThat(new Caller("t", "n", Set.of("admin")).has("ingest")).isTrue();
    assertThat(caller.has("read")).isFalse();
  }
}
