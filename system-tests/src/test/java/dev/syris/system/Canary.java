package dev.syris.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** A secret that is easy to recognize wherever it sings. */
record Canary(String name, String value) {

  static Canary of(String name) {
    return new Canary(name, "CANARY+%s/%s==".formatted(name.replace('/', '-'), UUID.randomUUID()));
  }

  /** As it is, percent-encoded, in hexadecimal, and in base64 wherever it begins. */
  List<byte[]> forms() {
    String percent = URLEncoder.encode(value, StandardCharsets.UTF_8);
    return Stream.of(
            Stream.of(value, percent, percent.toLowerCase(Locale.ROOT), hex()),
            Stream.of("", "x", "xx").map(this::base64))
        .flatMap(forms -> forms)
        .map(form -> form.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  private String hex() {
    return HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The middle of it, which is the same whatever stands around. */
  private String base64(String before) {
    String all =
        Base64.getEncoder().encodeToString((before + value).getBytes(StandardCharsets.UTF_8));
    return all.substring(4, all.length() - 4);
  }

  boolean in(byte[] bytes) {
    return in(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** A text of the characters 0 to 255, or any other. */
  boolean in(String text) {
    return forms().stream()
        .anyMatch(form -> text.contains(new String(form, StandardCharsets.ISO_8859_1)));
  }

  @Override
  public String toString() {
    return name;
  }
}
