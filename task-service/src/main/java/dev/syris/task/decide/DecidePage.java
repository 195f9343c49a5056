package dev.syris.task.decide;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Renders the page; it needs nothing but itself, and runs no script. Pure. */
final class DecidePage {

  private static final String FRAME = resource("page.html");
  private static final String STYLE = resource("page.css");

  private static final String FORM =
      """
      <form method="post">
      <label for="reason">Reason (kept in the trail)</label>
      <textarea id="reason" name="reason" maxlength="500"></textarea>
      <div class="buttons">
      <button name="answer" value="approve">Approve</button>
      <button name="answer" value="deny">Deny</button>
      </div>
      </form>
      """;

  private DecidePage() {}

  /** What the page may do: be styled as it is here, and send its form where it came from. */
  static String policy() {
    String hash =
        Base64.getEncoder()
            .encodeToString(Uuids.sha256().digest(STYLE.getBytes(StandardCharsets.UTF_8)));
    return "default-src 'none'; style-src 'sha256-"
        + hash
        + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  }

  /**
   * The question.
   *
   * @param approval the Approval of the contracts, pending
   * @param fault what was wrong with the answer before; null where there was none
   */
  static String question(ObjectNode approval, @Nullable String fault) {
    JsonNode what = approval.path("what");
    String call = what.path("tool").asString("") + " " + what.path("action").asString("");
    var content = new StringBuilder();
    content.append("<h1>Approve ").append(Html.text(call)).append("?</h1>\n");
    if (fault != null) {
      paragraph(content, "<strong>" + Html.text(fault) + "</strong>");
    }
    paragraph(content, Html.text(approval.path("why").asString("")));
    facts(content, approval);
    block(content, "Arguments", what.path("args"));
    if (approval.has("preview")) {
      block(content, "What will be sent", approval.get("preview"));
    }
    content.append(FORM);
    return page("Approve " + call + "?", content.toString());
  }

  /** A page that only says something. */
  static String message(String title, String text) {
    return page(title, "<h1>%s</h1>\n<p>%s</p>".formatted(Html.text(title), Html.text(text)));
  }

  private static void facts(StringBuilder content, ObjectNode approval) {
    content.append("<dl>\n");
    fact(content, "Risk", risk(approval));
    fact(content, "Made stricter by", joined(approval.path("gate_reasons")));
    fact(content, "Autonomy", approval.path("autonomy_level").asString(""));
    JsonNode by = approval.path("requested_by");
    fact(
        content,
        "Asked by",
        (by.path("type").asString("") + " " + by.path("id").asString("")).strip());
    fact(content, "Asked at", approval.path("created_at").asString(""));
    fact(content, "Good until", approval.path("expires_at").asString(""));
    fact(content, "Task", approval.path("refs").path("task_id").asString(""));
    fact(content, "Trace", approval.path("trace_id").asString(""));
    fact(content, "Approval", approval.path("approval_id").asString(""));
    content.append("</dl>\n");
  }

  private static String risk(ObjectNode approval) {
    String level = approval.path("risk_level").asString("");
    String reasons = joined(approval.path("risk_reasons"));
    return reasons.isEmpty() ? level : level + ", raised by " + reasons;
  }

  private static String joined(JsonNode texts) {
    List<String> all = new ArrayList<>();
    texts.forEach(text -> all.add(text.asString("")));
    return String.join(", ", all);
  }

  private static void fact(StringBuilder content, String name, String value) {
    if (!value.isEmpty()) {
      content.append("<dt>%s</dt><dd>%s</dd>\n".formatted(Html.text(name), Html.text(value)));
    }
  }

  private static void block(StringBuilder content, String title, JsonNode value) {
    String json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    content.append("<h2>").append(Html.text(title)).append("</h2>\n<pre>");
    content.append(Html.text(json)).append("</pre>\n");
  }

  private static void paragraph(StringBuilder content, String html) {
    content.append("<p>").append(html).append("</p>\n");
  }

  private static String page(String title, String content) {
    return FRAME
        .replace("{{title}}", Html.text(title))
        .replace("{{style}}", STYLE)
        .replace("{{content}}", content);
  }

  private static String resource(String name) {
    try (InputStream in = DecidePage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the page's " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
