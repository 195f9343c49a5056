package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.gateway.access.Needs;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.gateway.fixture.Trail;
import dev.syris.testkit.WithBackends;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document says what the gateway does, and the gateway does what the document says. */
@WithBackends
class OpenApiIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final JsonNode DOCUMENT = GATEWAY.get("/openapi.json").json();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Trail TRAIL = new Trail();

  @BeforeAll
  static void fill() {
    Instant now = Instant.now();
    EventId event = TRAIL.event(Channel.CHAT, "phone", now, null);
    TRAIL.audit(AuditType.EVENT_INGESTED, event, null);
    TRAIL.decision(event, ExecutionMode.FAST, now);
    TRAIL.audit(
        AuditType.TOOL_CALL_ATTEMPTED, event, TRAIL.call(GATEWAY.owner(), event, "succeeded", now));
    var rows = new TaskRows(GATEWAY.owner());
    rows.schedule("documented", "schedule", true, now);
    rows.watcher("documented", true);
    rows.rule("documented", true, 0, now);
    rows.alarm("disk.full", "critical", "open", TRAIL.trace().value(), now);
    await().until(() -> GATEWAY.get("/traces/" + TRAIL.trace()).json().path("nodes").size() == 4);
  }

  @Test
  void shouldDocumentExactlyWhatIsOfferedAndTheScopeItNeeds() {
    // Given
    var offered = new TreeMap<String, String>();
    GATEWAY
        .context()
        .getBean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (info, handler) ->
                info.getPatternValues()
                    .forEach(
                        path ->
                            info.getMethodsCondition()
                                .getMethods()
                                .forEach(
                                    method ->
                                        offered.put(
                                            path + " " + method.name().toLowerCase(),
                                            scope(handler)))));
    // When
    var documented = new TreeMap<String, String>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            documented.put(
                                path.getKey() + " " + operation.getKey(),
                                operation
                                    .getValue()
                                    .get("security")
                                    .path(0)
                                    .path("token")
                                    .path(0)
                                    .asString("open"))));
    // Then
    assertThat(documented).isEqualTo(offered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events",
        "/audit",
        "/traces",
        "/routing-decisions",
        "/tool-calls",
        "/tools",
        "/integrations",
        "/tasks",
        "/task-templates",
        "/quiet-hours",
        "/approvals",
        "/rules",
        "/schedules",
        "/watchers",
        "/alarms",
        "/controls",
        "/dead-letters",
        "/tokens",
        "/state",
        "/audit/verify",
        "/health",
      })
  void shouldAnswerAsDocumented(String path) {
    // When
    Reply reply = GATEWAY.get(path);
    // Then
    assertValid(path, "get", reply);
  }

  @Test
  void shouldAnswerSingleItemsAsDocumented() {
    for (String path :
        new String[] {"/events", "/audit", "/routing-decisions", "/tool-calls", "/tokens"}) {
      JsonNode item = GATEWAY.get(path + "?limit=1").json().get("items").get(0);
      String id =
          item.path(
                  path.equals("/routing-decisions") || path.equals("/events")
                      ? "event_id"
                      : path.equals("/audit")
                          ? "audit_id"
                          : path.equals("/tokens") ? "token_id" : "tool_call_id")
              .stringValue();
      assertValid(path + "/{id}", "get", GATEWAY.get(path + "/" + id));
    }
    assertValid("/traces/{id}", "get", GATEWAY.get("/traces/" + TRAIL.trace()));
    assertValid("/rules/{id}", "get", GATEWAY.get("/rules/documented"));
  }

  @Test
  void shouldRefuseAsDocumented() {
    assertValid("/events", "get", GATEWAY.get("/events?x=1"));
    assertValid("/events", "get", GATEWAY.call("GET", "/events").send());
    assertValid(
        "/events",
        "get",
        GATEWAY.get("/events").status() == 200
            ? GATEWAY.call("GET", "/events").header("Host", "evil.example").send()
            : null);
    assertValid("/traces/{id}", "get", GATEWAY.get("/traces/none"));
    assertValid(
        "/tokens",
        "post",
        GATEWAY.call("POST", "/tokens").token(GATEWAY.operator()).json("{}").send());
    assertValid(
        "/tokens",
        "post",
        GATEWAY
            .call("POST", "/tokens")
            .token(GATEWAY.operator())
            .json("{\"name\":\"x\",\"scopes\":[\"read\"]}")
            .send());
  }

  @Test
  void shouldOfferEveryFilterItDocuments() {
    // Given
    Map<String, String> values =
        Map.of(
            "since",
            "2026-01-01T00:00:00Z",
            "until",
            "2026-01-01T00:00:00Z",
            "limit",
            "5",
            "type",
            "gate.*",
            "enabled",
            "true",
            "n",
            "5");
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path -> {
              JsonNode parameters = path.getValue().path("get").path("parameters");
              for (JsonNode given : parameters) {
                JsonNode parameter =
                    given.has("$ref")
                        ? DOCUMENT.at(given.get("$ref").stringValue().substring(1))
                        : given;
                String name = parameter.get("name").stringValue();
                boolean query = parameter.get("in").stringValue().equals("query");
                if (query && !name.equals("cursor") && !path.getKey().equals("/stream")) {
                  JsonNode schema = parameter.get("schema");
                  String fallback =
                      schema.has("enum")
                          ? schema.get("enum").get(0).stringValue()
                          : "018f0000-0000-7000-8000-000000000000";
                  // When / Then
                  assertThat(
                          GATEWAY
                              .get(
                                  path.getKey().replaceAll("\\{[^}]+}", "some")
                                      + "?"
                                      + name
                                      + "="
                                      + values.getOrDefault(name, fallback))
                              .status())
                      .as(path.getKey() + " " + name)
                      .isIn(path.getKey().contains("{") ? List.of(202, 404) : List.of(200));
                }
              }
            });
  }

  private static String scope(HandlerMethod handler) {
    Needs needs = handler.getMethodAnnotation(Needs.class);
    return needs == null ? "open" : needs.value().wire();
  }

  private static void assertValid(String path, String method, Reply reply) {
    JsonNode response =
        DOCUMENT
            .get("paths")
            .get(path)
            .get(method)
            .get("responses")
            .path(Integer.toString(reply.status()));
    assertThat(response.isMissingNode())
        .as(
            "%s %s answers %d, which is not documented: %s",
            method, path, reply.status(), reply.text())
        .isFalse();
    JsonNode resolved =
        response.has("$ref")
            ? DOCUMENT.at(response.get("$ref").stringValue().substring(1))
            : response;
    String type = reply.header("content-type").split(";")[0];
    JsonNode wanted = resolved.get("content").get(type);
    assertThat(wanted).as("%s %s: media type %s", method, path, type).isNotNull();
    ObjectNode schema = Json.object();
    schema.set("components", DOCUMENT.get("components"));
    schema.setAll((ObjectNode) wanted.get("schema"));
    Schema compiled = SCHEMAS.getSchema(schema);
    assertThat(compiled.validate(reply.json())).as(reply.text()).isEmpty();
  }
}
