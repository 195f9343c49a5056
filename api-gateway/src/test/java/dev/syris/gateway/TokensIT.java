package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@WithBackends
class TokensIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final String READER = "{\"name\":\"reader\",\"scopes\":[\"read\"]}";

  @Test
  void shouldShowTheSecretOnceAndKeepOnlyItsHash() {
    // When
    Reply made = create(READER);
    // Then
    assertThat(made.status()).isEqualTo(201);
    String id = made.json().get("token_id").stringValue();
    String secret = made.json().get("secret").stringValue();
    assertThat(made.header("location")).isEqualTo("/tokens/" + id);
    assertThat(GATEWAY.get("/tokens/" + id).json().has("secret")).isFalse();
    assertThat(GATEWAY.get("/tokens?limit=500").text()).contains(id).doesNotContain(secret);
    List<Map<String, Object>> rows =
        GATEWAY.owner().sql("select * from gateway.token").query().listOfRows();
    assertThat(rows.toString()).doesNotContain(secret);
    assertThat(GATEWAY.call("GET", "/events").token(secret).send().status()).isEqualTo(200);
  }

  @Test
  void shouldEndATokenAtOnceWhenItIsTakenBack() {
    // Given
    Reply made = create(READER);
    String id = made.json().get("token_id").stringValue();
    String secret = made.json().get("secret").stringValue();
    // When
    Reply deleted = GATEWAY.call("DELETE", "/tokens/" + id).token(GATEWAY.operator()).send();
    // Then
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(GATEWAY.call("GET", "/events").token(secret).send().code())
        .isEqualTo("token.unknown");
    assertThat(GATEWAY.get("/tokens/" + id).code()).isEqualTo("token.not_found");
    assertThat(GATEWAY.call("DELETE", "/tokens/" + id).token(GATEWAY.operator()).send().status())
        .isEqualTo(404);
  }

  @Test
  void shouldTellTheTrailWhoDidWhat() {
    // Given
    Reply made = create(READER);
    String id = made.json().get("token_id").stringValue();
    // When
    GATEWAY.call("DELETE", "/tokens/" + id).token(GATEWAY.operator()).send();
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(audits("operator.action.*", id))
                    .extracting(audit -> audit.get("type").stringValue())
                    .containsExactly(
                        "operator.action.token_delete", "operator.action.token_create"));
    JsonNode audit = audits("operator.action.token_create", id).getFirst();
    assertThat(audit.get("actor").get("type").stringValue()).isEqualTo("token");
    assertThat(audit.toString()).doesNotContain(made.json().get("secret").stringValue());
  }

  @Test
  void shouldKeepTheTraceTheCallerNames() {
    // When
    GATEWAY
        .call("POST", "/tokens")
        .token(GATEWAY.operator())
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .json(READER)
        .send();
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(
                        GATEWAY
                            .get("/audit?trace_id=0af76519-16cd-43dd-8448-eb211c80319c")
                            .json()
                            .get("items")
                            .size())
                    .isEqualTo(1));
  }

  @Test
  void shouldNotLetTheLastAdminGo() {
    // Given
    Reply expiring =
        create("{\"name\":\"x\",\"scopes\":[\"admin\"],\"expires_at\":\"2099-01-01T00:00:00Z\"}");
    String operator = operatorId();
    // When
    Reply refused = GATEWAY.call("DELETE", "/tokens/" + operator).token(GATEWAY.operator()).send();
    // Then
    assertThat(expiring.status()).isEqualTo(201);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("token.last_admin");
    assertThat(GATEWAY.get("/tools").status()).isEqualTo(200);
  }

  @Test
  void shouldGiveTheSameAnswerToTheSameRequest() {
    // Given
    String key = "key-" + System.nanoTime();
    Reply first = idempotent(key, READER);
    // When
    Reply again = idempotent(key, READER);
    Reply other = idempotent(key, "{\"name\":\"other\",\"scopes\":[\"read\"]}");
    // Then
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("idempotency.conflict");
    List<Map<String, Object>> rows =
        GATEWAY
            .owner()
            .sql("select answer::text from gateway.idempotent_answer")
            .query()
            .listOfRows();
    assertThat(rows.toString()).doesNotContain(first.json().get("secret").stringValue());
  }

  @Test
  void shouldPointAtWhatIsWrongInTheBody() {
    // When
    Reply wrong = create("{\"name\":\"\",\"scopes\":[\"root\"]}");
    Reply broken = create("{");
    Reply form =
        GATEWAY
            .call("POST", "/tokens")
            .token(GATEWAY.operator())
            .header("Content-Type", "text/plain")
            .body(READER.getBytes())
            .send();
    // Then
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().get("errors"))
        .extracting(error -> error.get("pointer").stringValue())
        .containsExactly("/name", "/scopes/0");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(form.status()).isEqualTo(415);
  }

  @Test
  void shouldHaveWrittenTheFirstTokenForTheOperatorOnly() throws Exception {
    // When / Then
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(GATEWAY.data().resolve("operator.token"))))
        .isEqualTo("rw-------");
    assertThat(Files.list(GATEWAY.data())).hasSize(1);
  }

  @Test
  void shouldKeepTokensOverARestartAndNoticeOtherInstances() {
    // Given
    TestDatabase database = TestGateway.database();
    Path data = TestGateway.folder();
    try (var first = TestGateway.start(database, data)) {
      String operator = first.operator();
      String reader = first.token("read");
      // When
      try (var second = TestGateway.start(database, data)) {
        // Then
        assertThat(second.operator()).isEqualTo(operator);
        assertThat(second.call("GET", "/events").token(reader).send().status()).isEqualTo(200);
        String id = first.get("/tokens").json().get("items").get(0).get("token_id").stringValue();
        assertThat(first.call("DELETE", "/tokens/" + id).token(operator).send().status())
            .isEqualTo(204);
        await()
            .untilAsserted(
                () ->
                    assertThat(second.call("GET", "/events").token(reader).send().status())
                        .isEqualTo(401));
      }
    }
  }

  @Test
  void shouldMakeTheRowFromTheFileAfterACrashInBetween() throws Exception {
    // Given
    Path data = TestGateway.folder();
    Files.writeString(data.resolve("operator.token"), "syris_written-before-the-crash\n");
    // When
    try (var gateway = TestGateway.start(TestGateway.database(), data)) {
      // Then
      assertThat(
              gateway
                  .call("GET", "/tokens")
                  .token("syris_written-before-the-crash")
                  .send()
                  .status())
          .isEqualTo(200);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("operator.token"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void shouldTakeTheTokenOfTheEnvironmentAndReplaceItWhenItChanges() {
    // Given
    TestDatabase database = TestGateway.database();
    Path data = TestGateway.folder();
    String made;
    try (var gateway = TestGateway.start(database, data, "syris.token=the-first-secret-of-mine")) {
      assertThat(data.resolve("operator.token")).doesNotExist();
      made =
          gateway
              .call("POST", "/tokens")
              .token("the-first-secret-of-mine")
              .json(READER)
              .send()
              .json()
              .get("secret")
              .stringValue();
    }
    // When
    try (var gateway = TestGateway.start(database, data, "syris.token=the-second-secret-of-mine")) {
      // Then
      assertThat(gateway.call("GET", "/tokens").token("the-first-secret-of-mine").send().status())
          .isEqualTo(401);
      assertThat(gateway.call("GET", "/tokens").token("the-second-secret-of-mine").send().status())
          .isEqualTo(200);
    }
    // When it is a token that is known already, it stays what it is
    try (var gateway = TestGateway.start(database, data, "syris.token=" + made)) {
      // Then
      assertThat(gateway.call("GET", "/tokens").token(made).send().status()).isEqualTo(403);
    }
  }

  @Test
  void shouldRefuseToStartWithAGuessableToken() {
    assertThatThrownBy(
            () ->
                TestGateway.start(
                    TestGateway.database(), TestGateway.folder(), "syris.token=short"))
        .hasStackTraceContaining("SYRIS_TOKEN has 5 characters");
  }

  private static Reply create(String body) {
    return GATEWAY.call("POST", "/tokens").token(GATEWAY.operator()).json(body).send();
  }

  private static Reply idempotent(String key, String body) {
    return GATEWAY
        .call("POST", "/tokens")
        .token(GATEWAY.operator())
        .header("Idempotency-Key", key)
        .json(body)
        .send();
  }

  private static String operatorId() {
    return StreamSupport.stream(
            GATEWAY.get("/tokens?limit=500").json().get("items").spliterator(), false)
        .filter(token -> token.get("origin").stringValue().equals("first_start"))
        .findFirst()
        .orElseThrow()
        .get("token_id")
        .stringValue();
  }

  private static List<JsonNode> audits(String type, String token) {
    return StreamSupport.stream(
            GATEWAY.get("/audit?limit=500&type=" + type).json().get("items").spliterator(), false)
        .filter(audit -> audit.get("refs").path("token_id").asString("").equals(token))
        .toList();
  }
}
