package dev.syris.task.leak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretValue;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

class LeakSearchTest {

  private static final String VALUE = "k3y/with \"odd\" + ümlaut&=";
  private static final SecretName NAME = new SecretName("shop/hook");
  private static final LeakSearch SEARCH = search(NAME, VALUE);

  private static LeakSearch search(SecretName name, String value) {
    return LeakSearch.of(Map.of(name, new SecretValue(value)));
  }

  private static void assertLeaks(String leak, String masked) {
    assertThat(SEARCH.in(leak)).containsExactly(NAME);
    assertThat(SEARCH.in(leak.getBytes(UTF_8))).containsExactly(NAME);
    assertThat(SEARCH.masked(leak)).isEqualTo(masked);
  }

  @Test
  void shouldFindASecretWhenItStandsAsItIs() {
    assertLeaks("a " + VALUE + " b", "a [secret shop/hook] b");
  }

  @Test
  void shouldFindEachWhenThereAreMany() {
    assertLeaks(VALUE + VALUE, "[secret shop/hook][secret shop/hook]");
  }

  @Test
  void shouldFindASecretWhenItIsPercentEncoded() {
    // Given
    String form = URLEncoder.encode(VALUE, UTF_8);
    // Then
    assertLeaks("?a=" + form + "&b", "?a=[secret shop/hook]&b");
    assertLeaks("?a=" + form.replace("+", "%20"), "?a=[secret shop/hook]");
    assertLeaks("k3y%2fwith%20%22odd%22%20%2b%20%c3%bcmlaut%26%3d", "[secret shop/hook]");
  }

  @Test
  void shouldFindASecretWhenItIsEscapedForJson() {
    // Given
    String quoted = new StringNode(VALUE).toString();
    // Then
    assertLeaks("say " + quoted, "say \"[secret shop/hook]\"");
    assertLeaks(quoted.replace("/", "\\/").replace("ü", "\\u00fc"), "\"[secret shop/hook]\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "user:", "longer user:"})
  void shouldFindASecretWhenItIsEncodedBehindSomething(String before) {
    for (String after : new String[] {"", "x", "xy", "\n"}) {
      for (var encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
        // Given
        String encoded = encoder.encodeToString((before + VALUE + after).getBytes(UTF_8));
        // When
        String masked = SEARCH.masked("Basic " + encoded);
        // Then
        assertThat(SEARCH.in(encoded.getBytes(UTF_8))).as(encoded).containsExactly(NAME);
        assertThat(masked).contains("[secret shop/hook]").hasSizeLessThan(60);
        assertThat(masked.length() - "Basic [secret shop/hook]".length())
            .as("what is left is what was around it: %s", masked)
            .isLessThanOrEqualTo(
                encoded.length()
                    - Base64.getEncoder().encodeToString(VALUE.getBytes(UTF_8)).length()
                    + 4);
      }
    }
  }

  @Test
  void shouldPutTheNameInEachPlaceWhenATreeHoldsASecret() {
    // Given
    var tree =
        Json.object().put(VALUE, 1).put("plain", "text").put("truth", true).putNull("nothing");
    tree.putArray("list").add("x" + VALUE).add(7);
    // When
    var masked = SEARCH.masked(tree);
    // Then
    assertThat(SEARCH.in(tree)).containsExactly(NAME);
    assertThat(masked)
        .hasToString(
            "{\"[secret shop/hook]\":1,\"plain\":\"text\",\"truth\":true,\"nothing\":null,\"list\":[\"x[secret shop/hook]\",7]}");
  }

  @Test
  void shouldMaskANumberWhenItIsASecret() {
    // Given
    LeakSearch search = search(NAME, "4929123456781234");
    var tree = Json.object().put("card", 4929123456781234L).put("other", 4929123456781235L);
    // Then
    assertThat(search.in(tree)).containsExactly(NAME);
    assertThat(search.masked(tree))
        .hasToString("{\"card\":\"[secret shop/hook]\",\"other\":4929123456781235}");
  }

  @Test
  void shouldLeaveNothingOfEitherWhenSecretsOverlap() {
    // Given
    var both =
        LeakSearch.of(
            Map.of(
                new SecretName("a/one"), new SecretValue("abcdefgh"),
                new SecretName("b/two"), new SecretValue("efghijklmnop")));
    // Then
    assertThat(both.in("_abcdefghijklmnop_"))
        .containsExactly(new SecretName("a/one"), new SecretName("b/two"));
    assertThat(both.masked("_abcdefghijklmnop_")).isEqualTo("_[secret a/one]_");
  }

  @Test
  void shouldTakeTheLongestWhenSecretsBeginAlike() {
    // Given
    var both =
        LeakSearch.of(
            Map.of(
                new SecretName("a/one"), new SecretValue("abcdefgh"),
                new SecretName("b/two"), new SecretValue("abcdefghij")));
    // Then
    assertThat(both.masked("abcdefghij abcdefghi")).isEqualTo("[secret b/two] [secret a/one]i");
  }

  @Test
  void shouldFindItWhenItIsEscapedInAWayOfManyInAnEvent() {
    // Given
    String odd = "{\"text\":\"\\u006b3y\\/with \\u0022odd\\u0022 + \\u00FCmlaut&=\"}";
    // Then
    assertThat(SEARCH.in(odd.getBytes(UTF_8))).isEmpty();
    assertThat(Bytes.search(SEARCH, odd.getBytes(UTF_8))).containsExactly(NAME);
    assertThat(Bytes.search(SEARCH, "\\ no JSON".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void shouldGiveTheSameBackWhenNothingIsFound() {
    // Given
    String text = "nothing of the kind, k3y/with \"odd\" + umlaut&=";
    // Then
    assertThat(SEARCH.in(text)).isEmpty();
    assertThat(SEARCH.masked(text)).isSameAs(text);
    assertThat(SEARCH.in("short")).isEmpty();
    assertThat(SEARCH.in(new byte[0])).isEmpty();
  }

  @Test
  void shouldLookForNothingWhenAValueIsTooShort() {
    assertThat(search(NAME, "7 chars")).isSameAs(LeakSearch.NOTHING);
    assertThat(LeakSearch.NOTHING.in("7 chars are not looked for")).isEmpty();
  }

  @Test
  void shouldFindALongValueWhenItStandsAtTheEnd() {
    // Given
    String value = "0123456789abcdef".repeat(4096);
    // Then
    assertThat(search(NAME, value).masked("x" + value)).isEqualTo("x[secret shop/hook]");
  }

  @Test
  void shouldNeverShowWhatItLooksForWhenItIsPrinted() {
    assertThat(SEARCH.toString() + Form.of(NAME, new SecretValue(VALUE)).toList())
        .doesNotContain("k3y", "odd");
  }

  /** Printed, to be read by whoever wonders what the search costs. */
  @Test
  void shouldSayWhatASearchCosts() {
    // Given
    var secrets = new java.util.HashMap<SecretName, SecretValue>();
    var random = new java.util.Random(7);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[24];
      random.nextBytes(bytes);
      secrets.put(
          new SecretName("c/" + i), new SecretValue(Base64.getEncoder().encodeToString(bytes)));
    }
    LeakSearch search = LeakSearch.of(secrets);
    byte[] event =
        "{\"channel\":\"ha_event\",\"connector_id\":\"home\",\"text\":\"the light in the kitchen is on\",\"structured\":{\"entity\":\"light.kitchen\",\"state\":\"on\",\"brightness\":214,\"from\":\"\\u0041utomation\",\"history\":[1,2,3,4,5]},\"context\":{\"timezone\":\"Europe/Vienna\"}}"
            .getBytes(UTF_8);
    var answer = Json.mapper().readTree(event);
    byte[] large = new String(event, UTF_8).replace("\\", "").repeat(4000).getBytes(UTF_8);
    // When
    int found = 0;
    for (int round = 0; round < 3; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < 200_000; i++) {
        found += search.in(event).size();
      }
      long bytes = System.nanoTime();
      for (int i = 0; i < 200_000; i++) {
        found += search.in(answer).size();
      }
      long tree = System.nanoTime();
      found += search.in(large).size();
      long end = System.nanoTime();
      System.out.printf(
          "50 secrets, %s: event of %d bytes %d ns, the same as a tree %d ns, %d KiB %d us%n",
          search,
          event.length,
          (bytes - begin) / 200_000,
          (tree - bytes) / 200_000,
          large.length / 1024,
          (end - tree) / 1000);
    }
    // Then
    assertThat(found).isZero();
  }
}
