package dev.syris.task.leak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.secret.KeySource;
import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretStore;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.SecretVault;
import dev.syris.platform.time.Signal;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolProvider;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.tool.ToolWatch;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

@WithBackends
class LeakIT {

  private static final SecretName NAME = new SecretName("shop/hook");
  private static final String VALUE = "canary-in-the-mine";
  private static final TraceId TRACE = new TraceId(UUID.randomUUID());
  private static final EventId EVENT = new EventId(UUID.randomUUID());
  private static final ToolCallId CALL = new ToolCallId(UUID.randomUUID());

  private final TestDatabase test = TestBackends.freshDatabase();
  private final HikariDataSource owner = test.owner().dataSource("owner");
  private final Database task = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final Outbox outbox = new Outbox(task.jdbc, "task", new Signal());

  @TempDir private Path folder;
  private KnownSecrets secrets;
  private SecretVault vault;
  private LeakAlarms alarms;
  private LeakGuard guard;

  @BeforeEach
  void setOne() throws Exception {
    var keys = KeySource.InFile.loadOrCreate(folder.resolve("secrets.key"));
    vault = new SecretVault(owner, keys, "task", clock);
    vault.set(NAME, new SecretValue(VALUE));
    secrets = new KnownSecrets(new SecretStore(task.jdbc, keys));
    secrets.refresh();
    alarms = new LeakAlarms(outbox, task.transaction, _ -> {});
    guard = new LeakGuard(secrets, alarms, clock);
  }

  @AfterEach
  void close() {
    owner.close();
    task.close();
  }

  private static Invocation invocation() {
    return new Invocation(CALL, TRACE, EVENT, Json.object(), "key", 0, Instant.EPOCH);
  }

  private List<AuditEvent> raised() {
    return task.audits("alarm.raised");
  }

  private void assertOneAlarm(String foundIn) {
    assertThat(raised()).hasSize(1);
    AuditEvent alarm = raised().getFirst();
    assertThat(alarm.traceId()).isEqualTo(TRACE);
    assertThat(alarm.details())
        .hasToString(
            "{\"alarm_type\":\"secret_leak_detected\",\"severity\":\"critical\",\"dedupe_key\":\"secret_leak_detected:shop/hook\",\"secret\":\"shop/hook\",\"found_in\":\"%s\"}"
                .formatted(foundIn));
    assertThat(Json.mapper().writeValueAsString(alarm)).doesNotContain("canary");
  }

  private static ToolProvider telling(ToolAnswer answer) {
    ToolDefinition definition = ScriptedTool.of("lamp", Effect.ONCE).definition();
    return new ToolProvider() {
      @Override
      public ToolDefinition definition() {
        return definition;
      }

      @Override
      public Map<String, ToolAction> actions() {
        return Map.of("go", (ToolAction.Calling) _ -> answer);
      }
    };
  }

  @Test
  void shouldMaskAnAnswerBeforeAnybodySeesItWhenATargetEchoesASecret() throws Exception {
    // Given
    var watched = new ArrayList<ToolAnswer>();
    var registry =
        new ToolRegistry(
            new ToolWatch() {
              @Override
              public ErrorDetail bar(ToolDefinition tool) {
                return null;
              }

              @Override
              public void answered(ToolDefinition tool, ToolAnswer answer) {
                watched.add(answer);
              }
            },
            guard);
    registry.register(
        telling(new ToolAnswer.Succeeded(Json.object().put("body", "<" + VALUE + ">"), VALUE)));
    var found = (ToolRegistry.Lookup.Found) registry.find("lamp", "go");
    // When
    ToolAnswer answer = ((ToolAction.Calling) found.registered().action()).call(invocation());
    // Then
    assertThat(answer)
        .isEqualTo(
            new ToolAnswer.Succeeded(
                Json.object().put("body", "<[secret shop/hook]>"), "[secret shop/hook]"));
    assertThat(watched).containsExactly(answer);
    assertOneAlarm("answer");
    assertThat(raised().getFirst().refs()).isEqualTo(Refs.event(EVENT).toolCall(CALL));
    assertThat(raised().getFirst().tool()).isEqualTo("lamp");
  }

  @Test
  void shouldMaskAnErrorWhenItHoldsASecret() {
    // Given
    var error =
        new ErrorDetail("x.y", "no " + VALUE, true, Json.object().put("location", "/" + VALUE));
    // When
    ToolAnswer failed = guard.guard("lamp", "go", invocation(), new ToolAnswer.Failed(error));
    ToolAnswer unknown = guard.guard("lamp", "go", invocation(), new ToolAnswer.Unknown(error));
    // Then
    var masked =
        new ErrorDetail(
            "x.y",
            "no [secret shop/hook]",
            true,
            Json.object().put("location", "/[secret shop/hook]"));
    assertThat(failed).isEqualTo(new ToolAnswer.Failed(masked));
    assertThat(unknown).isEqualTo(new ToolAnswer.Unknown(masked));
    assertThat(raised()).extracting(AuditEvent::auditId).hasSize(2).containsOnly(id());
  }

  private AuditId id() {
    return raised().getFirst().auditId();
  }

  @Test
  void shouldGiveTheSameAnswerWhenItHoldsNone() {
    // Given
    var answer = new ToolAnswer.Succeeded(Json.object().put("body", "nothing"), "done");
    // Then
    assertThat(guard.guard("lamp", "go", invocation(), answer)).isSameAs(answer);
    assertThat(raised()).isEmpty();
  }

  @Test
  void shouldReadTheSecretsFirstWhenAnAnswerComesBeforeThem() throws Exception {
    // Given
    var keys = KeySource.InFile.loadOrCreate(folder.resolve("secrets.key"));
    var unread = new KnownSecrets(new SecretStore(task.jdbc, keys));
    var answer = new ToolAnswer.Succeeded(Json.object().put("body", VALUE), "done");
    // When
    ToolAnswer guarded =
        new LeakGuard(unread, alarms, clock).guard("lamp", "go", invocation(), answer);
    // Then
    assertThat(guarded.toString()).contains("[secret shop/hook]");
  }

  @Test
  void shouldWithholdWhatAnAnswerSaysWhenTheSecretsCanNotBeRead() {
    // Given
    var away = new Database(test.as("syris_task"));
    away.close();
    var unread = new KnownSecrets(new SecretStore(away.jdbc, new KeySource.None()));
    var blind = new LeakGuard(unread, alarms, clock);
    var error = ErrorDetail.retryable("x.y", VALUE);
    // Then
    assertThat(
            List.of(
                blind.guard("lamp", "go", invocation(), new ToolAnswer.Failed(error)),
                blind.guard("lamp", "go", invocation(), new ToolAnswer.Unknown(error)),
                blind.guard(
                    "lamp", "go", invocation(), new ToolAnswer.Succeeded(Json.object(), VALUE))))
        .extracting(Object::toString)
        .allSatisfy(told -> assertThat(told).contains("could not be searched"))
        .noneSatisfy(told -> assertThat(told).contains(VALUE));
  }

  @Test
  void shouldRaiseTheAlarmLaterWhenTheDatabaseIsAway() {
    // Given
    var away = new TransactionTemplate(task.transaction.getTransactionManager());
    away.setTimeout(0); // none begins
    var kept = new LeakAlarms(outbox, away, _ -> {});
    kept.raiseOrKeep(
        LeakAlarms.of(
            java.util.Set.of(NAME),
            new Place(Place.Kind.ANSWER, TRACE, Refs.NONE.toolCall(CALL), clock.instant())));
    assertThat(raised()).isEmpty();
    // When
    away.setTimeout(-1);
    kept.flush();
    kept.flush();
    // Then
    assertOneAlarm("answer");
  }

  @Test
  void shouldRaiseTheAlarmWhenARequestHoldsAValueInPlaceOfAReference() {
    // When
    guard.asked(
        "{\"args\":{\"url\":\"http://x/canary%2Din-the-mine\",\"headers\":{\"a\":\"\\u0063anary-in-the-mine\"}}}"
            .getBytes(UTF_8),
        TRACE,
        Refs.NONE.toolCall(CALL));
    guard.asked("{\"args\":{}}".getBytes(UTF_8), TRACE, Refs.NONE.toolCall(CALL));
    // Then
    assertOneAlarm("request");
  }

  private static ConsumerRecord<byte[], byte[]> event(String text, EventId id) {
    var event =
        new ConsumerRecord<byte[], byte[]>(
            Topics.RAW_EVENT.name(), 0, 0, null, text == null ? null : text.getBytes(UTF_8));
    if (id != null) {
      Headers.put(event.headers(), RawEventHeaders.EVENT_ID, id.toString());
      Headers.put(event.headers(), RawEventHeaders.TRACE_ID, TRACE.toString());
    }
    return event;
  }

  @Test
  void shouldSayTheSameOfAnEventWhenItIsReadAgain() {
    // Given
    var search = new EventSearch(secrets, alarms);
    var records =
        List.of(event("{\"text\":\"a " + VALUE + "\"}", EVENT), event("{\"text\":\"b\"}", EVENT));
    // When
    search.look(records);
    search.look(records);
    // Then
    assertThat(raised()).hasSize(2).extracting(AuditEvent::auditId).containsOnly(id());
    assertThat(raised().getFirst().refs()).isEqualTo(Refs.event(EVENT));
  }

  @Test
  void shouldSkipARecordWhenItIsNoneOfOurs() {
    // When
    new EventSearch(secrets, alarms)
        .look(List.of(event(null, EVENT), event("\\ " + VALUE, null), event(VALUE, EVENT)));
    // Then
    assertOneAlarm("event");
  }

  @Test
  void shouldReadAgainWhenTheSecretsAreNotKnownYet() {
    // Given
    var search =
        new EventSearch(new KnownSecrets(new SecretStore(task.jdbc, new KeySource.None())), alarms);
    // Then
    assertThatThrownBy(() -> search.look(List.of(event(VALUE, EVENT))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldLookForTheNewValueOnlyWhenASecretIsChanged() {
    // Given
    LeakSearch before = secrets.search();
    secrets.refresh();
    assertThat(secrets.search()).as("opened once").isSameAs(before);
    // When
    vault.set(NAME, new SecretValue("another-canary"));
    secrets.refresh();
    // Then
    assertThat(secrets.search().in(VALUE)).isEmpty();
    assertThat(secrets.search().in("another-canary")).containsExactly(NAME);
  }

  @Test
  void shouldGoOnKnowingThemWhenTheKeyIsRotated() {
    // When
    vault.rotate();
    secrets.refresh();
    // Then
    assertThat(secrets.search().in(VALUE)).containsExactly(NAME);
  }

  @Test
  void shouldLookForNoneWhenOneIsRemovedOrItsKeyIsNotHere() throws Exception {
    // Given
    var without = new KnownSecrets(new SecretStore(task.jdbc, new KeySource.None()));
    var other =
        new KnownSecrets(
            new SecretStore(
                task.jdbc, KeySource.InFile.loadOrCreate(folder.resolve("another.key"))));
    // When
    without.refresh();
    other.refresh();
    vault.remove(NAME);
    secrets.refresh();
    // Then
    assertThat(List.of(secrets.search(), without.search(), other.search()))
        .allSatisfy(search -> assertThat(search.in(VALUE)).isEmpty());
  }
}
