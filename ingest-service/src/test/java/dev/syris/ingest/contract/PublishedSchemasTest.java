package dev.syris.ingest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.approval.Approval;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.control.Controls;
import dev.syris.contracts.control.RuleTripped;
import dev.syris.contracts.control.Setting;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.task.Task;
import dev.syris.contracts.task.TaskRequest;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.Integration;
import dev.syris.contracts.tool.Tool;
import dev.syris.contracts.tool.ToolCall;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.testkit.schema.PublishedDocuments;
import dev.syris.testkit.schema.PublishedSchema;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas say what the code says, and the golden documents are what both say. */
class PublishedSchemasTest {

  private static final Map<String, Class<?>> RECORDS =
      Map.ofEntries(
          Map.entry("event", Event.class),
          Map.entry("routing-decision", RoutingDecision.class),
          Map.entry("tool-call-request", ToolCallRequest.class),
          Map.entry("tool-call", ToolCall.class),
          Map.entry("error-detail", ErrorDetail.class),
          Map.entry("audit-event", AuditEvent.class),
          Map.entry("tool", Tool.class),
          Map.entry("integration", Integration.class),
          Map.entry("raw-event", RawEvent.class),
          Map.entry("approval", Approval.class),
          Map.entry("controls", Controls.class),
          Map.entry("setting", Setting.class),
          Map.entry("rule-tripped", RuleTripped.class),
          Map.entry("task", Task.class),
          Map.entry("task-request", TaskRequest.class));

  /** Made by views of the database, or told by the gateway: no record of the contracts is them. */
  private static final Set<String> VIEWS =
      Set.of("alarm", "dead-letter", "health", "schedule", "trace", "watcher");

  /** Read and told by the rule language, which has no record of its own on the wire. */
  private static final Set<String> LANGUAGE = Set.of("rule");

  static Stream<String> records() {
    return RECORDS.keySet().stream();
  }

  static Stream<String> all() {
    return PublishedDocuments.schemas().stream();
  }

  @Test
  void shouldPublishASchemaForEachRecord() {
    assertThat(all().collect(Collectors.toSet()))
        .isEqualTo(
            Stream.of(records(), VIEWS.stream(), LANGUAGE.stream())
                .flatMap(names -> names)
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldSayTheSameAsTheRecord(String name) {
    // When
    var differences = PublishedSchema.named(name).differencesFrom(RECORDS.get(name));

    // Then
    if (name.equals("raw-event")) {
      assertThat(differences).singleElement().asString().startsWith("/channel: published [api, ");
    } else {
      assertThat(differences).isEmpty();
    }
  }

  @Test
  void shouldOfferOnlyThePublicChannels() {
    // Given
    JsonNode channels = PublishedSchema.named("raw-event").node().at("/properties/channel/enum");

    // When / Then
    assertThat(channels.valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(
            Stream.of(Channel.values())
                .filter(channel -> !channel.reserved())
                .map(Channel::wire)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldTakeTheGoldenDocument(String name) {
    assertThat(PublishedSchema.named(name).problemsOf(Golden.named(name))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldReadTheGoldenDocumentAndWriteItAgain(String name) {
    // Given
    JsonNode golden = Golden.named(name);

    // When
    Object read = Json.mapper().treeToValue(golden, RECORDS.get(name));

    // Then
    assertThat(Json.mapper().readTree(Json.bytes(read))).isEqualTo(golden);
  }

  @Test
  void shouldStillReadADecisionFromBeforeItHeldTheValuesOfSettings() {
    // Given
    JsonNode old = Golden.named("old/routing-decision-1");

    // When
    RoutingDecision read = Json.mapper().treeToValue(old, RoutingDecision.class);

    // Then
    assertThat(PublishedSchema.named("routing-decision").problemsOf(old)).isEmpty();
    assertThat(Json.mapper().readTree(Json.bytes(read))).isEqualTo(old);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldHaveEveryFieldInTheGoldenDocument(String name) {
    assertThat(Golden.named(name).propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            PublishedSchema.named(name).node().get("properties").propertyNames());
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldMissEachRequiredFieldAndTellWrongTypes(String name) {
    // Given
    PublishedSchema schema = PublishedSchema.named(name);

    // When / Then
    schema
        .node()
        .get("required")
        .valueStream()
        .map(JsonNode::asString)
        .forEach(
            field ->
                assertThat(schema.problemsOf(Golden.named(name).without(field)))
                    .as("without " + field)
                    .isNotEmpty());
    Golden.named(name).propertyNames().stream()
        .filter(field -> !field.equals("output"))
        .forEach(
            field -> {
              ObjectNode wrong = Golden.named(name).deepCopy();
              wrong.set(
                  field, Json.mapper().createArrayNode().add(Json.mapper().createArrayNode()));
              assertThat(schema.problemsOf(wrong)).as("wrong " + field).isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldAllowFieldsToBeAdded(String name) {
    assertThat(PublishedSchema.named(name).problemsOf(Golden.named(name).put("added_later", 1)))
        .isEmpty();
  }

  @Test
  void shouldShowEveryAuditTypeThereIs() {
    // Given
    PublishedSchema schema = PublishedSchema.named("audit-event");

    // When / Then
    assertThat(schema.node().at("/properties/type/examples").valueStream().map(JsonNode::asString))
        .containsAll(Stream.of(AuditType.values()).map(AuditType::wire).toList());
  }

  @Test
  void shouldDescribeAnErrorTheSameWayEverywhere() {
    // Given
    JsonNode alone = PublishedSchema.named("error-detail").node();
    JsonNode within = PublishedSchema.named("tool-call").node().at("/$defs/error_detail");

    // When / Then
    assertThat(within.get("properties")).isEqualTo(alone.get("properties"));
    assertThat(within.get("required")).isEqualTo(alone.get("required"));
  }
}
