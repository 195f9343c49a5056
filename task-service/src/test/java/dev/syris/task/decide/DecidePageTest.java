package dev.syris.task.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.node.ObjectNode;

class DecidePageTest {

  @Test
  void shouldShowExactlyWhatIsAskedAndLetNothingOfItBecomeAPage() {
    // Given
    ObjectNode approval = approval("<script>alert(1)</script> \"x\" {{style}}");
    // When
    String page = DecidePage.question(approval, null);
    // Then
    assertThat(page)
        .contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "{{style}}",
            "high, raised by destructive",
            "quiet_hours",
            "why it is asked",
            "token t-1",
            "trace-1",
            "2026-01-31T09:00:00.000Z",
            "What will be sent")
        .doesNotContain("<script");
  }

  @Test
  void shouldAllowItsOwnStyleAndNothingElse() {
    // Given
    String page = DecidePage.message("a", "b");
    String style =
        page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
    // When
    String hash =
        Base64.getEncoder()
            .encodeToString(Uuids.sha256().digest(style.getBytes(StandardCharsets.UTF_8)));
    // Then
    assertThat(DecidePage.policy())
        .startsWith("default-src 'none'; style-src 'sha256-" + hash + "'; form-action 'self'");
  }

  @ParameterizedTest
  @CsvSource({
    "a\u202Eb, a\\u202eb",
    "a\u200Bb, a\\u200bb",
    "äöü €, äöü €",
    "'a\u0007b', a\\u0007b"
  })
  void shouldSpellOutWhatIsNotSeen(String text, String shown) {
    assertThat(HtmlUtils.htmlUnescape(Html.text(text))).isEqualTo(shown);
  }

  private static ObjectNode approval(String message) {
    ObjectNode approval =
        Json.object()
            .put("risk_level", "high")
            .put("why", "why it is asked")
            .put("trace_id", "trace-1")
            .put("autonomy_level", "A2")
            .put("expires_at", "2026-01-31T09:00:00.000Z");
    approval.putArray("risk_reasons").add("destructive");
    approval.putArray("gate_reasons").add("quiet_hours");
    approval.putObject("requested_by").put("type", "token").put("id", "t-1");
    approval
        .putObject("what")
        .put("tool", "notify")
        .put("action", "send")
        .putObject("args")
        .put("message", message);
    approval.putObject("preview").put("body", message);
    return approval;
  }
}
