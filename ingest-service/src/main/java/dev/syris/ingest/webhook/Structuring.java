package dev.syris.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.webhook.Payload.Form;
import dev.syris.ingest.webhook.Payload.JsonText;
import dev.syris.ingest.webhook.Payload.PlainText;
import dev.syris.ingest.webhook.Payload.Unusable;
import dev.syris.ingest.webhook.StructuredBody.Failed;
import dev.syris.ingest.webhook.StructuredBody.Made;
import dev.syris.platform.problem.CommonProblem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code structured} of a body. A JSON object takes its place byte for byte, with the headers
 * worth keeping added as its last member; anything else stands unchanged under {@code body}, a form
 * also by its fields. Pure.
 */
final class Structuring {

  static final String BODY = "body";
  static final String FORM = "form";
  static final String HEADERS = "_headers";

  private Structuring() {}

  /**
   * Makes it.
   *
   * @param headers worth keeping
   * @param jsonField a form field that holds JSON where it is the only one, for senders that wrap
   *     it so
   */
  static StructuredBody of(
      Payload payload, Map<String, String> headers, @Nullable String jsonField) {
    return switch (payload) {
      case Unusable(Refused refusal) -> new Failed(refusal);
      case JsonText(byte[] json) -> ofJson(json, headers);
      case PlainText(String text) -> wrapped(JsonObjectText.EMPTY.with(BODY, text), headers);
      case Form(String text) -> ofForm(text, headers, jsonField);
    };
  }

  private static StructuredBody ofForm(
      String text, Map<String, String> headers, @Nullable String jsonField) {
    FormFields fields;
    try {
      fields = FormFields.parse(text);
    } catch (IllegalArgumentException _) {
      return new Failed(
          new Refused(
              CommonProblem.MALFORMED,
              "form.malformed",
              "a percent sign in the form is not followed by two hexadecimal digits"));
    }
    Optional<String> json = jsonField == null ? Optional.empty() : fields.only(jsonField);
    return json.isPresent()
        ? ofJson(json.get().getBytes(UTF_8), headers)
        : wrapped(JsonObjectText.EMPTY.with(BODY, text).with(FORM, fields.toJson()), headers);
  }

  /**
   * The body alone is read first, so that a complaint tells the place in what was sent, not in what
   * is made of it.
   */
  private static StructuredBody ofJson(byte[] json, Map<String, String> headers) {
    if (RawEventReader.readPublic(json) instanceof RawEventReading.Unparseable why) {
      return new Failed(
          new Refused(
              CommonProblem.MALFORMED, why.code(), "the body cannot be read: " + why.summary()));
    }
    JsonObjectText object = JsonObjectText.of(json);
    return object == null
        ? wrapped(JsonObjectText.EMPTY.with(BODY, json), headers)
        : new Made(withHeaders(object, headers).bytes(), false);
  }

  private static Made wrapped(JsonObjectText object, Map<String, String> headers) {
    return new Made(withHeaders(object, headers).bytes(), true);
  }

  private static JsonObjectText withHeaders(JsonObjectText object, Map<String, String> headers) {
    return headers.isEmpty() ? object : object.with(HEADERS, headers);
  }
}
