package dev.syris.platform.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyRingTest {

  private final KeyRing old = KeyRing.of(SealingKey.random());
  private final KeyRing rotating = old.withNew(SealingKey.random());

  @Test
  void shouldReadWhatItWrote() {
    // When
    KeyRing read = KeyRing.parse("keys", "# a comment\n" + rotating.text());
    // Then
    assertThat(read.current().id()).isEqualTo(rotating.current().id());
    assertThat(read.find(old.current().id())).isPresent();
    assertThat(read.rotating()).isTrue();
    assertThat(read.onlyCurrent().find(old.current().id())).isEmpty();
  }

  @Test
  void shouldOpenWithAnOldKeyAndSealWithTheNewOne() {
    // Given
    byte[] sealed = old.current().seal("clear".getBytes(UTF_8), "test");
    var sealer = new Sealer("keys", rotating.text().replace("\n", ","));
    // When
    byte[] opened = sealer.open(sealed, "test");
    byte[] anew = sealer.seal(opened, "test");
    // Then
    assertThat(opened).asString(UTF_8).isEqualTo("clear");
    assertThat(rotating.current().open(anew, "test")).asString(UTF_8).isEqualTo("clear");
  }

  @Test
  void shouldNotShowAKey() {
    // When
    String key = rotating.current().base64();
    // Then
    assertThat(rotating.toString()).doesNotContain(key).contains(rotating.current().id());
    assertThat(rotating.current().toString()).doesNotContain(key);
  }

  @Test
  void shouldSayWhatIsWrongWithAKeyAndNotTheKey() {
    assertThatThrownBy(() -> KeyRing.parse("syris.secrets.key", "  \n"))
        .hasMessage("syris.secrets.key holds no key; give it 32 random bytes as base64");
    assertThatThrownBy(() -> KeyRing.parse("syris.secrets.key", "aHVudGVyMg=="))
        .hasMessage("syris.secrets.key has 7 bytes; give it 32 random bytes as base64");
  }
}
