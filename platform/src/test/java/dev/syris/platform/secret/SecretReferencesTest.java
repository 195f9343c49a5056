package dev.syris.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.json.Json;
import dev.syris.platform.secret.SecretReferences.Malformed;
import dev.syris.platform.secret.SecretReferences.Missing;
import dev.syris.platform.secret.SecretReferences.Resolved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SecretReferencesTest {

  private static final Map<String, String> SET = Map.of("ha/token", "t0k3n", "a/b", "x");

  private final Secrets secrets =
      name -> Optional.ofNullable(SET.get(name.value())).map(SecretValue::new);

  @Test
  void shouldPutSecretsInPlaceOfReferencesAndLeaveTheRest() {
    // Given
    JsonNode args =
        json(
            """
            {"url": "http://h/", "headers": {"Authorization": {"$secret": "ha/token", "prefix": "Bearer "}},
             "body": [1, {"deep": {"$secret": "a/b"}}, null]}
            """);
    JsonNode before = args.deepCopy();
    // When
    var resolved = (Resolved) SecretReferences.resolve(args, secrets);
    // Then
    assertThat(resolved.value())
        .isEqualTo(
            json(
                """
                {"url": "http://h/", "headers": {"Authorization": "Bearer t0k3n"},
                 "body": [1, {"deep": "x"}, null]}
                """));
    assertThat(resolved.revealed()).containsExactlyInAnyOrder("t0k3n", "x");
    assertThat(args).isEqualTo(before);
    assertThat(resolved.toString()).doesNotContain("t0k3n");
  }

  @Test
  void shouldNameWhatIsNotSet() {
    // When
    var resolution = SecretReferences.resolve(json("{\"a\": {\"$secret\": \"no/such\"}}"), secrets);
    // Then
    assertThat(resolution).isEqualTo(new Missing(List.of(new SecretName("no/such"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$secret\": 7}",
        "{\"$secret\": \"hunter2\"}",
        "{\"$secret\": \"a/b\", \"prefix\": 1}",
        "{\"$secret\": \"a/b\", \"more\": \"x\"}"
      })
  void shouldPointAtAReferenceThatIsNone(String reference) {
    // When
    var resolution = SecretReferences.resolve(json("{\"a\": [" + reference + "]}"), secrets);
    // Then
    assertThat(resolution).isEqualTo(new Malformed("/a/0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2", "a/b/c", "a/", "/b", "a b/c", "ä/b"})
  void shouldRefuseANameThatIsNoneWithoutRepeatingIt(String name) {
    assertThat(SecretName.parse(name)).isEmpty();
    assertThatThrownBy(() -> new SecretName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void shouldNotShowASecret() {
    assertThat(new SecretValue("hunter2")).hasToString("***");
    assertThat(new SecretSettings("hunter2", null).toString()).doesNotContain("hunter2");
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text);
  }
}
