package dev.syris.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two hundred ways to be wrong. */
final class Malformed {

  private static final int MANY = 200;
  private static final int MEBIBYTE = 1 << 20;

  private Malformed() {}

  static List<byte[]> bodies() {
    var bodies = new ArrayList<byte[]>();
    text(bodies, "");
    text(bodies, " ");
    text(bodies, "null");
    text(bodies, "true");
    text(bodies, "42");
    text(bodies, "\"text\"");
    text(bodies, "{");
    text(bodies, "}");
    text(bodies, "{}");
    text(bodies, "{} {}");
    text(bodies, "[");
    text(bodies, "not json at all");
    text(bodies, "{'channel':'chat','connector_id':'x'}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\"} trailing");
    text(bodies, "{\"channel\":\"chat\",\"channel\":\"sms\",\"connector_id\":\"x\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",\"structured\":{\"a\":1,\"a\":2}}");
    text(bodies, "{\"channel\":\"nowhere\",\"connector_id\":\"x\"}");
    text(bodies, "{\"channel\":\"CHAT\",\"connector_id\":\"x\"}");
    text(bodies, "{\"channel\":\"scheduler\",\"connector_id\":\"x\"}");
    text(bodies, "{\"channel\":\"rule_engine\",\"connector_id\":\"x\"}");
    text(bodies, "{\"channel\":\"watcher\",\"connector_id\":\"x\"}");
    text(bodies, "{\"connector_id\":\"x\"}");
    text(bodies, "{\"channel\":\"chat\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"" + "x".repeat(10_000) + "\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"a\\u0000b\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",\"text\":\"a\\u0000b\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",\"structured\":{\"a\\u0000\":1}}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",\"text\":\"\\ud800\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",\"text\":\"a\nb\"}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",\"structured\":{\"a\":NaN}}");
    text(bodies, "{\"channel\":\"chat\",\"connector_id\":\"x\",\"structured\":{\"a\":01}}");
    text(
        bodies,
        "{\"channel\":\"chat\",\"connector_id\":\"x\",\"structured\":{\"a\":"
            + "9".repeat(2_000)
            + "}}");
    for (String field :
        List.of(
            "connector_id",
            "message_id",
            "thread_id",
            "text",
            "occurred_at",
            "actor",
            "structured",
            "context",
            "sensitivity",
            "channel")) {
      for (String wrong :
          List.of("1", "true", "[]", "{\"unexpected\":1}", "\"~~~\"", "[[]]", "1.5", "-1")) {
        boolean fits =
            wrong.startsWith("\"")
                    && List.of("connector_id", "message_id", "thread_id", "text").contains(field)
                || wrong.startsWith("{") && List.of("structured", "context").contains(field);
        if (!fits) {
          bodies.add(withField(field, wrong));
        }
      }
    }
    for (String time :
        List.of(
            "yesterday",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "-1",
            "0000-01-01T00:00:00Z",
            "+99999-01-01T00:00:00Z",
            "2026-01-01",
            "12:00",
            "1700000000")) {
      text(
          bodies,
          "{\"channel\":\"chat\",\"connector_id\":\"x\",\"occurred_at\":\"%s\"}".formatted(time));
    }
    text(bodies, nested(10_000, "[", "]"));
    text(bodies, nested(10_000, "{\"a\":", "}"));
    bodies.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0x00, 0x7b});
    bodies.add(brokenUtf8());
    bodies.add(new byte[64]);
    var random = new Random(7);
    while (bodies.size() < MANY - 1) {
      var noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      bodies.add(noise);
    }
    text(
        bodies,
        "{\"channel\":\"chat\",\"connector_id\":\"x\",\"text\":\"" + "x".repeat(MEBIBYTE) + "\"}");
    return bodies;
  }

  private static void text(List<byte[]> bodies, String text) {
    bodies.add(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] withField(String field, String json) {
    String channel = field.equals("channel") ? "" : "\"channel\":\"chat\",";
    String connector = field.equals("connector_id") ? "" : "\"connector_id\":\"x\",";
    return ("{" + channel + connector + "\"" + field + "\":" + json + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String nested(int depth, String open, String close) {
    return "{\"channel\":\"chat\",\"connector_id\":\"x\",\"structured\":{\"a\":"
        + open.repeat(depth)
        + "1"
        + close.repeat(depth)
        + "}}";
  }

  private static byte[] brokenUtf8() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        "{\"channel\":\"chat\",\"connector_id\":\"x\",\"text\":\""
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(new byte[] {(byte) 0xc3, 0x28, (byte) 0xe2, (byte) 0x82});
    out.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
