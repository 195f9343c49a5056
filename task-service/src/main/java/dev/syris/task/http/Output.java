package dev.syris.task.http;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of an answer what is kept of it. Pure. */
final class Output {

  private static final Pattern CHARSET =
      Pattern.compile("charset=\"?([A-Za-z0-9._:-]{1,40})\"?", Pattern.CASE_INSENSITIVE);

  private Output() {}

  /** {@code {status, headers, body?}} with what is missing of the body, and without secrets. */
  static ObjectNode of(Exchange.Answered answer, Mask mask) {
    ObjectNode output = Json.object().put("status", answer.status());
    ObjectNode headers = output.putObject("headers");
    new TreeMap<>(answer.headers())
        .forEach((name, value) -> headers.put(name, storable(mask.text(value))));
    body(answer, mask, output);
    switch (answer.end()) {
      case COMPLETE -> {}
      case CUT ->
          output
              .put("truncated", true)
              .put(
                  "truncated_why",
                  "the body is longer than syris.tools.http.max-response (%d bytes)"
                      .formatted(answer.body().length));
      case BROKEN ->
          output.put("truncated", true).put("truncated_why", "the connection broke in the body");
    }
    return output;
  }

  private static void body(Exchange.Answered answer, Mask mask, ObjectNode output) {
    if (answer.body().length == 0) {
      return;
    }
    String type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (isBinary(type)) {
      output.put("body_omitted", "%s, %d bytes".formatted(type, answer.body().length));
      return;
    }
    if (isJson(type) && answer.end() == Exchange.End.COMPLETE) {
      try {
        JsonNode json = mask.json(Json.mapper().readTree(answer.body()));
        if (StorableText.fault(json.toString()) == null && !json.toString().contains("\\u0000")) {
          output.set("body", json);
          return;
        }
      } catch (JacksonException e) {
        output.put("body_invalid_json", true);
      }
    }
    output.put("body", storable(mask.text(new String(answer.body(), charset(type)))));
  }

  private static boolean isJson(String type) {
    return type.startsWith("application/json") || type.matches("application/[a-z0-9.-]+\\+json.*");
  }

  private static boolean isBinary(String type) {
    return type.startsWith("image/")
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || type.startsWith("font/")
        || type.startsWith("application/octet-stream")
        || type.startsWith("application/zip")
        || type.startsWith("application/gzip")
        || type.startsWith("application/pdf");
  }

  private static Charset charset(String type) {
    Matcher named = CHARSET.matcher(type);
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static String storable(String text) {
    return StorableText.shown(text, Integer.MAX_VALUE);
  }
}
