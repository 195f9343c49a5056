package dev.syris.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestTest {

  private static final String TRACE = "018f0000-0000-7000-8000-000000000000";

  @Test
  void shouldTakeFiftyNewestFirstWhereNothingIsSaid() {
    // When
    ListRequest request = valid(Collections.AUDIT, Map.of());
    // Then
    assertThat(request.limit()).isEqualTo(50);
    assertThat(request.ascending()).isFalse();
    assertThat(request.conditions()).isEmpty();
  }

  @Test
  void shouldGoBySequenceUpwardsWithinATrace() {
    // When / Then
    assertThat(valid(Collections.AUDIT, Map.of("trace_id", TRACE)).ascending()).isTrue();
    assertThat(valid(Collections.EVENTS, Map.of("trace_id", TRACE)).ascending()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "limit,0",
    "limit,501",
    "limit,-1",
    "limit,ten",
    "limit,''",
    "trace_id,1-1-1-1-1",
    "stage,nowhere",
    "outcome,Success",
    "type,gate",
    "type,gat.*",
    "type,*",
    "type,tool_call.suceeded",
    "type,operator.action.",
    "since,yesterday",
    "since,2026-01-31",
    "until,''",
    "nonsense,1",
    "status,healthy",
    "tool,''",
    "cursor,abc",
    "cursor,''",
  })
  void shouldNameTheParameterItCannotTake(String name, String value) {
    // When
    var reading = ListRequest.read(Collections.AUDIT, given(Map.of(name, value)));
    // Then
    assertThat(reading)
        .isInstanceOfSatisfying(
            ListRequest.Reading.Refused.class,
            refused -> assertThat(refused.parameter()).isEqualTo(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gate.*",
        "operator.*",
        "operator.action.*",
        "operator.action.token_create",
        "event.ingested",
        "tool_call.*"
      })
  void shouldTakeTypesAndGroupsOfThem(String type) {
    // When / Then
    assertThat(valid(Collections.AUDIT, Map.of("type", type)).conditions()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(AuditType.class)
  void shouldKnowEveryTypeOfTheContracts(AuditType type) {
    // When / Then
    assertThat(AuditVocabulary.knows(type.wire())).isTrue();
  }

  @Test
  void shouldRefuseAParameterGivenTwice() {
    // When
    var reading =
        ListRequest.read(Collections.EVENTS, Map.of("channel", new String[] {"chat", "sms"}));
    // Then
    assertThat(reading)
        .isEqualTo(new ListRequest.Reading.Refused("channel", "is given more than once"));
  }

  @Test
  void shouldRefuseTextTheDatabaseCannotKeep() {
    // When
    var reading = ListRequest.read(Collections.EVENTS, given(Map.of("connector_id", "a\u0000b")));
    // Then
    assertThat(reading).isInstanceOf(ListRequest.Reading.Refused.class);
  }

  @Test
  void shouldReadBackTheCursorItWrote() {
    // Given
    Map<String, String> filters = Map.of("channel", "chat");
    String cursor =
        Cursor.write(Collections.EVENTS, filters, List.of("2026-01-31T08:00:00.123456Z", TRACE));
    // When
    ListRequest request =
        valid(Collections.EVENTS, Map.of("channel", "chat", "cursor", cursor, "limit", "7"));
    // Then
    assertThat(request.after()).hasSize(2);
    assertThat(request.after().getFirst()).hasToString("2026-01-31T08:00:00.123456Z");
    assertThat(request.limit()).isEqualTo(7);
  }

  @Test
  void shouldRefuseACursorOfOtherFilters() {
    // Given
    String cursor =
        Cursor.write(
            Collections.EVENTS, Map.of("channel", "chat"), List.of("2026-01-31T08:00:00Z", TRACE));
    // When
    var other =
        ListRequest.read(Collections.EVENTS, given(Map.of("channel", "sms", "cursor", cursor)));
    var none = ListRequest.read(Collections.EVENTS, given(Map.of("cursor", cursor)));
    var otherList = ListRequest.read(Collections.TOKENS, given(Map.of("cursor", cursor)));
    // Then
    assertThat(List.of(other, none, otherList))
        .allSatisfy(reading -> assertThat(reading).isInstanceOf(ListRequest.Reading.Refused.class));
  }

  @Test
  void shouldPutNothingFromOutsideIntoTheSql() {
    // When
    ListSql sql =
        ListSql.page(
            Collections.AUDIT,
            valid(Collections.AUDIT, Map.of("tool", "x'; drop table audit --", "limit", "3")));
    // Then
    assertThat(sql.text())
        .doesNotContain("drop")
        .contains("where tool = :tool order by sequence desc");
    assertThat(sql.parameters())
        .containsEntry("tool", "x'; drop table audit --")
        .containsEntry("rows", 4);
  }

  private static ListRequest valid(Collection collection, Map<String, String> parameters) {
    var reading = ListRequest.read(collection, given(parameters));
    assertThat(reading).isInstanceOf(ListRequest.Reading.Valid.class);
    return ((ListRequest.Reading.Valid) reading).request();
  }

  private static Map<String, String[]> given(Map<String, String> parameters) {
    var given = new HashMap<String, String[]>();
    parameters.forEach((name, value) -> given.put(name, new String[] {value}));
    return given;
  }
}
