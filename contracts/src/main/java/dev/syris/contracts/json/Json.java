package dev.syris.contracts.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of the wire: {@code snake_case}, RFC 3339 times in UTC with milliseconds, absent instead
 * of null, unknown fields ignored on read. Thread-safe.
 */
public final class Json {

  /** Deeper documents are refused; a stimulus of a home has no use for them. */
  public static final int MAX_DEPTH = 64;

  /** Our records wrap what came from outside, so that theirs may be a little deeper. */
  private static final int OUR_DEPTH = MAX_DEPTH + 8;

  private static final JsonMapper MAPPER = build(false);
  private static final JsonMapper STRICT = build(true);

  private Json() {}

  /** For what our own services wrote. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** For what comes from outside: refuses duplicate keys too. */
  public static JsonMapper strict() {
    return STRICT;
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The UTF-8 bytes of a value of ours. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads a value our own services wrote.
   *
   * @throws JacksonException where the bytes are not such a value
   */
  public static <T> T read(byte[] bytes, Class<T> type) {
    return MAPPER.readValue(bytes, type);
  }

  private static JsonMapper build(boolean strict) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(strict ? MAX_DEPTH : OUR_DEPTH)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(OUR_DEPTH).build())
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
            .build();
    return JsonMapper.builder(factory)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .changeDefaultPropertyInclusion(
            value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .addModule(
            new SimpleModule("syris")
                .addSerializer(Instant.class, new InstantCodec.Writer())
                .addDeserializer(Instant.class, new InstantCodec.Reader()))
        .build();
  }
}
