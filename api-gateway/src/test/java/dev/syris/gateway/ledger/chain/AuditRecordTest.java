package dev.syris.gateway.ledger.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRecordTest {

  private static final Instant AT = Instant.parse("2026-11-23T12:00:00.123Z");

  private static final String RECORD =
      """
      {"audit_id":"0190a6e4-0000-7000-8000-000000000001","timestamp":"2026-11-23T12:00:00.000Z",\
      "trace_id":"0190a6e4-0000-7000-8000-000000000002","stage":"tool_call","type":"tool_call.succeeded",\
      "summary":"Tee \u2013 \ud83c\udf75","outcome":"success","actor":{"type":"system","id":"task"},\
      "refs":{"event_id":"0190a6e4-0000-7000-8000-000000000003","task_id":"t","x":"y"},"tool":"timer",\
      "connector_id":"kitchen","new_field":[1,2]}""";

  @Test
  void shouldPutThePlaceInFrontAndLeaveTheRestByteByByte() throws Exception {
    // When
    byte[] body = AuditRecord.read(RECORD.getBytes(UTF_8), AT).body(42);

    // Then
    assertThat(new String(body, UTF_8))
        .isEqualTo(
            "{\"sequence\":42,\"recorded_at\":\"2026-11-23T12:00:00.123Z\"," + RECORD.substring(1));
    AuditEvent read = Json.read(body, AuditEvent.class);
    assertThat(read)
        .isEqualTo(Json.read(RECORD.getBytes(UTF_8), AuditEvent.class).recorded(42, AT));
  }

  @Test
  void shouldTakeTheColumnsFromTheRecord() throws Exception {
    // When
    AuditColumns columns = AuditRecord.read(RECORD.getBytes(UTF_8), AT).columns();

    // Then
    assertThat(columns)
        .isEqualTo(
            new AuditColumns(
                UUID.fromString("0190a6e4-0000-7000-8000-000000000001"),
                UUID.fromString("0190a6e4-0000-7000-8000-000000000002"),
                UUID.fromString("0190a6e4-0000-7000-8000-000000000003"),
                "tool_call",
                "tool_call.succeeded",
                "success",
                "timer",
                "kitchen",
                "t"));
  }

  /** The algorithm is a promise: whoever has the rows can check them without us. */
  @Test
  void shouldHashThePreviousHashAndTheBody() throws Exception {
    // When
    Chain.Appended one =
        Chain.append(
            ChainHead.EMPTY, java.util.List.of(AuditRecord.read(RECORD.getBytes(UTF_8), AT)));

    // Then
    byte[] body = one.rows().getFirst().body();
    byte[] all = new byte[32 + body.length];
    System.arraycopy(body, 0, all, 32, body.length);
    byte[] expected = java.security.MessageDigest.getInstance("SHA-256").digest(all);
    assertThat(one.head().hash().hex()).isEqualTo(HexFormat.of().formatHex(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"audit_id\":\"0190a6e4-0000-7000-8000-000000000001\"| \"x\":1 | \"audit_id\" is missing",
        "\"stage\":\"tool_call\" | \"stage\":7 | \"stage\" is not a string",
        "\"stage\":\"tool_call\" | \"stage\":\"kitchen\" | \"stage\" is none of",
        "\"stage\":\"tool_call\" | \"stage\":\"gate\",\"stage\":\"gate\" | \"stage\" is given twice",
        "\"outcome\":\"success\" | \"outcome\":\"fine\" | \"outcome\" is none of",
        "\"timestamp\":\"2026-11-23T12:00:00.000Z\" | \"timestamp\":\"noon\" | \"timestamp\" is no RFC 3339 time",
        "\"tool\":\"timer\" | \"tool\":\"a\\u0000\" | holds U+0000",
        "\"tool\":\"timer\" | \"tool\":{} | is not a plain value",
        "\"tool\":\"timer\" | \"sequence\":1 | only the ledger gives",
        "\"tool\":\"timer\" | \"sequence\":null | only the ledger gives",
        "\"tool\":\"timer\" | \"recorded_at\":null | only the ledger gives",
        "{\"type\":\"system\",\"id\":\"task\"} | \"me\" | \"actor\" is not an object",
        "0003\" | 000\" | not a UUID",
      })
  void shouldSayWhatIsWrong(String there, String instead, String wrong) {
    assertThatThrownBy(() -> AuditRecord.read(RECORD.replace(there, instead).getBytes(UTF_8), AT))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining(wrong);
  }
}
