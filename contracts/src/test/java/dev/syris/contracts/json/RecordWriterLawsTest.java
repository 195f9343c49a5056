package dev.syris.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.ToolCallRequest;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** What is written by hand is what reflection would write, and is read back. */
class RecordWriterLawsTest {

  /** Takes the writers away. */
  @JsonSerialize(using = ValueSerializer.None.class)
  private interface ByReflection {}

  /** One text, written as records write it. */
  private record Probe(String text) {}

  private static final JsonMapper MAPPER =
      Json.mapper()
          .rebuild()
          .addModule(new SimpleModule("probe").addSerializer(Probe.class, new ProbeWriter()))
          .build();

  private static final class ProbeWriter extends RecordWriter<Probe> {

    ProbeWriter() {
      super(Probe.class);
    }

    @Override
    protected void fields(Probe probe, JsonGenerator json, SerializationContext context) {
      text(json, "text", probe.text());
    }
  }

  /** Short and long ones, with and without what must be escaped or is no Latin-1. */
  private static final List<String> TEXTS =
      List.of(
          "text \"é\\\n😀",
          "",
          "a plain text that is somewhat longer than others ",
          "a text with a question? that is longer ",
          "a text with one \"quoted\" word, which is longer ",
          "a text with a \\ or two \\ that is longer ",
          "a text with an é that is somewhat longer ",
          "a text with a euro, €, that is somewhat longer ",
          "a text with \t and \u007f and \u0085 that is longer ");

  private static final JsonMapper REFLECTION =
      Json.mapper()
          .rebuild()
          .addMixIn(Event.class, ByReflection.class)
          .addMixIn(AuditEvent.class, ByReflection.class)
          .addMixIn(RoutingDecision.class, ByReflection.class)
          .addMixIn(ToolCallRequest.class, ByReflection.class)
          .build();

  @Property
  void writesWhatReflectionWouldWrite(@ForAll("types") Class<?> type, @ForAll long seed) {
    Object value = any(type, new Random(seed));

    assertThat(Json.mapper().writeValueAsString(value))
        .isEqualTo(REFLECTION.writeValueAsString(value));
    assertThat(Json.mapper().writeValueAsBytes(value))
        .isEqualTo(REFLECTION.writeValueAsBytes(value));
  }

  @Property
  void writesAnyCharacterAtAnyPlace(
      @ForAll @CharRange(from = '\u0000', to = '\ud7ff') char character,
      @ForAll @IntRange(max = 40) int place) {
    String text = "x".repeat(place) + character + "y".repeat(40 - place);
    var value = new Probe(text);

    assertThat(MAPPER.writeValueAsBytes(value))
        .isEqualTo(Json.mapper().writeValueAsBytes(Map.of("text", text)));
  }

  @Property
  void isReadBack(@ForAll("types") Class<?> type, @ForAll long seed) {
    Object value = any(type, new Random(seed));

    assertThat(Json.read(Json.bytes(value), type)).isEqualTo(value);
  }

  @Provide
  Arbitrary<Class<?>> types() {
    return Arbitraries.of(
        List.of(Event.class, AuditEvent.class, RoutingDecision.class, ToolCallRequest.class));
  }

  private static Object any(Type type, Random random) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? random
              .ints(random.nextInt(3))
              .mapToObj(_ -> any(generic.getActualTypeArguments()[0], random))
              .toList()
          : someMap(generic.getActualTypeArguments()[1], random);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return anyRecord(plain, random);
    } else if (plain.isEnum()) {
      return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
    } else if (plain == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(100);
    } else if (plain == UUID.class) {
      return new UUID(random.nextLong(), random.nextLong());
    } else if (plain == Instant.class) {
      return Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_799_999L));
    } else if (plain == ObjectNode.class) {
      ObjectNode node =
          Json.object()
              .put("n", random.nextInt())
              .put("t", TEXTS.get(random.nextInt(TEXTS.size())))
              .putNull("no \"thing\" at all");
      node.putArray("a").add(random.nextInt()).addNull().addObject().put("deep", true);
      return random.nextBoolean() ? node : Json.object();
    } else if (plain == int.class || plain == Integer.class) {
      return random.nextInt();
    } else if (plain == long.class || plain == Long.class) {
      return random.nextLong();
    } else if (plain == double.class || plain == Double.class) {
      return random.nextInt(100) / 4.0;
    } else if (plain == boolean.class) {
      return random.nextBoolean();
    }
    throw new IllegalArgumentException("no values of " + type);
  }

  private static Map<String, Object> someMap(Type values, Random random) {
    return random.nextBoolean() ? Map.of() : Map.of("key", any(values, random));
  }

  private static Object anyRecord(Class<?> type, Random random) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(component -> component(component, random)).toArray();
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object component(RecordComponent component, Random random) {
    boolean nullable =
        Arrays.stream(component.getAnnotatedType().getAnnotations())
            .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
    return nullable && random.nextBoolean() ? null : any(component.getGenericType(), random);
  }
}
