package dev.syris.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.platform.problem.ProblemException.FieldError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewTokenTest {

  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

  @Test
  void shouldReadEverything() {
    // When
    var reading =
        read(
            """
            {"name": "phone", "scopes": ["ingest", "read"], "tool_scopes": ["timer"],
             "expires_at": "2026-02-01T00:00:00+01:00", "something_new": 1}
            """);
    // Then
    assertThat(reading)
        .isInstanceOfSatisfying(
            NewToken.Reading.Valid.class,
            valid -> {
              assertThat(valid.token().scopes()).containsExactlyInAnyOrder("ingest", "read");
              assertThat(valid.token().toolScopes()).containsExactly("timer");
              assertThat(valid.token().expiresAt()).isEqualTo("2026-01-31T23:00:00Z");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"name\":\"a\",\"name\":\"b\",\"scopes\":[\"read\"]}",
        "{} {}",
        "nonsense"
      })
  void shouldFindWhatIsNoJson(String body) {
    assertThat(read(body)).isInstanceOf(NewToken.Reading.Malformed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scopes\":[\"read\"]} | /name",
        "{\"name\":1,\"scopes\":[\"read\"]} | /name",
        "{\"name\":\"  \",\"scopes\":[\"read\"]} | /name",
        "{\"name\":\"a\\u0000\",\"scopes\":[\"read\"]} | /name",
        "{\"name\":\"a\"} | /scopes",
        "{\"name\":\"a\",\"scopes\":[]} | /scopes",
        "{\"name\":\"a\",\"scopes\":[\"read\",\"root\"]} | /scopes/1",
        "{\"name\":\"a\",\"scopes\":[\"read\"],\"tool_scopes\":[\"A B\"]} | /tool_scopes/0",
        "{\"name\":\"a\",\"scopes\":[\"read\"],\"expires_at\":\"2026-01-31T08:00:00Z\"} | /expires_at",
        "{\"name\":\"a\",\"scopes\":[\"read\"],\"expires_at\":5} | /expires_at",
      })
  void shouldPointAtWhatIsWrong(String body, String pointer) {
    assertThat(read(body))
        .isInstanceOfSatisfying(
            NewToken.Reading.Invalid.class,
            invalid ->
                assertThat(invalid.errors())
                    .extracting(FieldError::pointer)
                    .containsExactly(pointer));
  }

  private static NewToken.Reading read(String body) {
    return NewToken.read(body.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
