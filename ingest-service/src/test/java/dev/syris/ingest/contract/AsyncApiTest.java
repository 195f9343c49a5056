package dev.syris.ingest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.testkit.schema.PublishedDocuments;
import dev.syris.testkit.schema.PublishedSchema;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The description of the topics says what the catalogue says. */
class AsyncApiTest {

  private static final JsonNode DOCUMENT = PublishedDocuments.asyncApi();
  private static final Map<String, JsonNode> CHANNELS =
      DOCUMENT
          .get("channels")
          .valueStream()
          .collect(
              Collectors.toMap(channel -> channel.get("address").asString(), Function.identity()));

  static Stream<Topic<?, ?>> topics() {
    return Topics.ALL.stream();
  }

  @Test
  void shouldDescribeEachTopicAndNoOther() {
    assertThat(CHANNELS.keySet()).isEqualTo(topics().map(Topic::name).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldDescribeATopicAsItIsMade(Topic<?, ?> topic) {
    // Given
    JsonNode binding = CHANNELS.get(topic.name()).at("/bindings/kafka");
    Map<String, String> made = topic.configuration();

    // When / Then
    assertThat(binding.get("topic").asString()).isEqualTo(topic.name());
    assertThat(binding.get("partitions").asInt()).isEqualTo(topic.partitions());
    JsonNode configuration = binding.get("topicConfiguration");
    assertThat(configuration.at("/cleanup.policy/0").asString())
        .isEqualTo(made.get("cleanup.policy"));
    assertThat(configuration.path("retention.ms").asString(""))
        .isEqualTo(made.getOrDefault("retention.ms", ""));
    assertThat(configuration.get("max.message.bytes").asString())
        .isEqualTo(made.get("max.message.bytes"));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldPointAtASchemaThatIsThere(Topic<?, ?> topic) {
    CHANNELS
        .get(topic.name())
        .get("messages")
        .valueStream()
        .map(AsyncApiTest::resolve)
        .map(message -> message.at("/payload/schema/$ref").asString(""))
        .filter(reference -> !reference.isEmpty())
        .forEach(
            reference -> {
              String name = reference.replace("./schemas/", "").replace(".schema.json", "");
              assertThat(PublishedDocuments.schemas()).contains(name);
            });
  }

  @Test
  void shouldOfferNothingButTheInbox() {
    // Given
    JsonNode operations = DOCUMENT.get("operations");

    // When / Then
    assertThat(operations.propertyNames()).containsExactly("admitRawEvent");
    assertThat(resolve(operations.at("/admitRawEvent/channel")).get("address").asString())
        .isEqualTo(Topics.INBOX.name());
    assertThat(operations.at("/admitRawEvent/security/0/$ref").asString())
        .isEqualTo("#/components/securitySchemes/producer");
    assertThat(DOCUMENT.at("/components/securitySchemes/producer/type").asString())
        .isEqualTo("plain");
    assertThat(
            CHANNELS.entrySet().stream()
                .filter(
                    channel -> channel.getValue().at("/tags/0/name").asString().equals("public"))
                .map(Map.Entry::getKey))
        .containsExactly(Topics.INBOX.name());
  }

  @Test
  void shouldNameEveryHeader() throws IllegalAccessException {
    assertThat(headers("stampedRawEvent"))
        .isEqualTo(with(constants(RawEventHeaders.class, "GRANT_CONNECTOR"), TraceParent.HEADER));
    assertThat(headers("deadLetter")).isEqualTo(constants(DeadLetterHeaders.class, ""));
    assertThat(headers("rawEvent")).containsExactly(TraceParent.HEADER);
  }

  @Test
  void shouldShowExamplesThatAreRawEvents() {
    // Given
    PublishedSchema schema = PublishedSchema.named("raw-event");

    // When / Then
    assertThat(DOCUMENT.at("/components/messages/rawEvent/examples").valueStream().toList())
        .isNotEmpty()
        .allSatisfy(example -> assertThat(schema.problemsOf(example.get("payload"))).isEmpty());
    assertThat(schema.node().get("examples").valueStream())
        .allSatisfy(example -> assertThat(schema.problemsOf(example)).isEmpty());
  }

  private static Set<String> headers(String message) {
    return Set.copyOf(
        DOCUMENT.at("/components/messages/" + message + "/headers/properties").propertyNames());
  }

  private static Set<String> constants(Class<?> type, String except) throws IllegalAccessException {
    var values = new java.util.HashSet<String>();
    for (Field field : type.getFields()) {
      if (!field.getName().equals(except)) {
        values.add((String) field.get(null));
      }
    }
    return values;
  }

  private static Set<String> with(Set<String> names, String one) {
    return Stream.concat(names.stream(), Stream.of(one)).collect(Collectors.toSet());
  }

  private static JsonNode resolve(JsonNode reference) {
    return DOCUMENT.at(reference.get("$ref").asString().substring(1));
  }
}
