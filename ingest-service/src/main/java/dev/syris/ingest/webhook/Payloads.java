package dev.syris.ingest.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.webhook.Payload.Form;
import dev.syris.ingest.webhook.Payload.JsonText;
import dev.syris.ingest.webhook.Payload.PlainText;
import dev.syris.ingest.webhook.Payload.Unusable;
import dev.syris.platform.problem.CommonProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Tells by its content type what a body is. Without one it is taken for JSON, which most senders
 * mean. Pure.
 */
final class Payloads {

  private Payloads() {}

  static Payload of(@Nullable String contentType, byte[] body) {
    MediaType type;
    try {
      type =
          contentType == null ? MediaType.APPLICATION_JSON : MediaType.parseMediaType(contentType);
    } catch (InvalidMediaTypeException _) {
      return unsupported("the Content-Type cannot be read");
    }
    Charset charset = charset(type);
    if (charset == null || !(charset.equals(UTF_8) || charset.equals(US_ASCII))) {
      return unsupported("send text in UTF-8");
    }
    if (isJson(type)) {
      return new JsonText(body);
    }
    boolean form = type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED);
    if (!form && !isText(type)) {
      return unsupported(
          "%s/%s is not taken; send JSON, a form, XML or text"
              .formatted(type.getType(), type.getSubtype()));
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return form ? new Form(text) : new PlainText(text);
    } catch (CharacterCodingException _) {
      return new Unusable(
          new Refused(
              CommonProblem.MALFORMED, "event.bad_encoding", "the body is not valid UTF-8"));
    }
  }

  private static @Nullable Charset charset(MediaType type) {
    try {
      Charset charset = type.getCharset();
      return charset == null ? UTF_8 : charset;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean isJson(MediaType type) {
    return type.getSubtype().equals("json") || type.getSubtype().endsWith("+json");
  }

  private static boolean isText(MediaType type) {
    return type.getType().equals("text")
        || type.getSubtype().equals("xml")
        || type.getSubtype().endsWith("+xml");
  }

  private static Unusable unsupported(String detail) {
    return new Unusable(
        new Refused(
            CommonProblem.UNSUPPORTED_MEDIA_TYPE,
            CommonProblem.UNSUPPORTED_MEDIA_TYPE.code(),
            detail));
  }
}
