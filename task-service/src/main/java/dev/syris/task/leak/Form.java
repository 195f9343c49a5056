package dev.syris.task.leak;

import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.StringNode;

/**
 * One way in which a secret may be written. Pure; never shows itself.
 *
 * @param text as it is looked for, of at least {@link #SHORTEST} characters
 * @param bytes the same in UTF-8
 * @param before characters in front that hold a part of it and of what is there besides
 * @param after the same behind it
 */
record Form(SecretName secret, String text, byte[] bytes, int before, int after) {

  /** Shorter values would be found by chance. */
  static final int SHORTEST = 8;

  private static final int GROUP = 3;
  private static final String QUERY = "-_.*";
  private static final String COMPONENT = "-_.!~*'()";
  private static final String UNRESERVED = "-_.~";

  /** All ways of one secret; none where it is too short to be looked for. */
  static Stream<Form> of(SecretName secret, SecretValue value) {
    String clear = value.reveal();
    if (clear.length() < SHORTEST) {
      return Stream.empty();
    }
    var forms = new LinkedHashMap<String, Form>();
    Stream.of(Stream.of(clear), percentEncoded(clear), jsonEscaped(clear))
        .flatMap(texts -> texts)
        .forEach(text -> add(forms, secret, text, 0, 0));
    for (int offset = 0; offset < GROUP; offset++) {
      addBase64(forms, secret, clear.getBytes(StandardCharsets.UTF_8), offset);
    }
    return forms.values().stream();
  }

  private static void add(
      Map<String, Form> forms, SecretName secret, String text, int before, int after) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    forms.putIfAbsent(text, new Form(secret, text, bytes, before, after));
  }

  /** As in forms, in JavaScript, and as RFC 3986 has it; digits large and small. */
  private static Stream<String> percentEncoded(String clear) {
    return Stream.of(
            percent(clear, QUERY, true),
            percent(clear, QUERY, false),
            percent(clear, COMPONENT, false),
            percent(clear, UNRESERVED, false))
        .flatMap(Stream::distinct);
  }

  private static Stream<String> percent(String clear, String kept, boolean plus) {
    var large = new StringBuilder();
    var small = new StringBuilder();
    for (byte one : clear.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0);
      if (plain) {
        large.append(c);
        small.append(c);
      } else if (plus && c == ' ') {
        large.append('+');
        small.append('+');
      } else {
        large.append("%%%02X".formatted((int) c));
        small.append("%%%02x".formatted((int) c));
      }
    }
    return Stream.of(large.toString(), small.toString());
  }

  /** As most write it, with escaped slashes, and in ASCII only. */
  private static Stream<String> jsonEscaped(String clear) {
    String quoted = new StringNode(clear).toString();
    String json = quoted.substring(1, quoted.length() - 1);
    return Stream.of(json, json.replace("/", "\\/"), ascii(json), ascii(json.replace("/", "\\/")));
  }

  private static String ascii(String json) {
    var ascii = new StringBuilder();
    json.chars()
        .forEach(c -> ascii.append(c < 0x80 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    return ascii.toString();
  }

  /**
   * As a part of something longer, such as {@code user:password}: what comes before it shifts it by
   * none, one or two bytes. Characters that hold bits of its neighbours are not looked for.
   */
  private static void addBase64(
      Map<String, Form> forms, SecretName secret, byte[] clear, int offset) {
    byte[] shifted = new byte[offset + clear.length];
    System.arraycopy(clear, 0, shifted, offset, clear.length);
    int before = offset == 0 ? 0 : offset + 1;
    int after = shifted.length % GROUP == 0 ? 0 : 1;
    for (Base64.Encoder encoder :
        new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
      String all = encoder.withoutPadding().encodeToString(shifted);
      add(forms, secret, all.substring(before, all.length() - after), before, after);
    }
  }

  @Override
  public String toString() {
    return "Form[" + secret + "]";
  }
}
