package dev.syris.ingest.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.json.Json;
import dev.syris.testkit.schema.PublishedSchema;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the published schema takes is what the doors take. */
class RawEventAgreementTest {

  private static final PublishedSchema SCHEMA = PublishedSchema.named("raw-event");

  static Stream<String> taken() {
    return Stream.of(
            "",
            "'message_id':'m'",
            "'message_id':null,'thread_id':null,'text':null,'structured':null,'actor':null,'context':null",
            "'sensitivity':null,'trace_id':null,'occurred_at':null",
            "'thread_id':'" + "t".repeat(512) + "'",
            "'occurred_at':'2026-01-31T08:00:00Z'",
            "'occurred_at':'2026-01-31T08:00:00.123456789+05:30'",
            "'occurred_at':'2024-02-29T23:59:59-18:00'",
            "'actor':{'type':'user','id':'ann','more':1}",
            "'text':''",
            "'text':'a\\nb \\u00e9 \\ud83d\\ude00'",
            "'structured':{}",
            "'structured':{'a':[1,2.5e3,null,{'b':true}]}",
            "'context':{}",
            "'context':{'timezone':'Europe/Berlin','locale':'de-DE-1996','device_id':'d'}",
            "'context':{'timezone':'America/Argentina/Buenos_Aires'}",
            "'context':{'timezone':'Etc/GMT+5','locale':null}",
            "'sensitivity':'high'",
            "'trace_id':'0AF76519-16cd-43dd-8448-eb211c80319c'",
            "'unknown':{'anything':[]}")
        .map(RawEventAgreementTest::event);
  }

  static Stream<String> refused() {
    Stream<String> fields =
        Stream.of(
                "'message_id':7",
                "'message_id':' '",
                "'thread_id':'" + "t".repeat(513) + "'",
                "'occurred_at':'yesterday'",
                "'occurred_at':1700000000",
                "'occurred_at':'2026-01-31T08:00:00'",
                "'occurred_at':'2026-01-31 08:00:00Z'",
                "'occurred_at':'2026-02-30T08:00:00Z'",
                "'occurred_at':'2026-13-01T08:00:00Z'",
                "'occurred_at':'0000-01-01T00:00:00Z'",
                "'occurred_at':'2026-01-31T08:00:00+19:00'",
                "'occurred_at':'+12026-01-01T00:00:00Z'",
                "'actor':'ann'",
                "'actor':{'type':'user'}",
                "'actor':{'id':'ann'}",
                "'actor':{'type':null,'id':'ann'}",
                "'actor':{'type':'robot','id':'r'}",
                "'actor':{'type':'user','id':''}",
                "'text':1",
                "'text':{'a':1}",
                "'text':'a\\u0000b'",
                "'structured':'x'",
                "'structured':[]",
                "'structured':{'a':['\\u0000']}",
                "'structured':{'a':{'\\u0000':1}}",
                "'context':[]",
                "'context':{'timezone':2}",
                "'context':{'timezone':'Not a zone'}",
                "'context':{'locale':'de_DE'}",
                "'context':{'device_id':''}",
                "'sensitivity':'secret'",
                "'trace_id':'1-1-1-1-1'",
                "'trace_id':'00000000-0000-0000-0000-000000000000'",
                "'unknown':['\\u0000']")
            .map(RawEventAgreementTest::event);
    Stream<String> wholes =
        Stream.of(
                "[]",
                "'x'",
                "null",
                "{}",
                "{'channel':'api'}",
                "{'connector_id':'c'}",
                "{'channel':null,'connector_id':'c'}",
                "{'channel':'fax','connector_id':'c'}",
                "{'channel':'API','connector_id':'c'}",
                "{'channel':'scheduler','connector_id':'c'}",
                "{'channel':'api','connector_id':''}",
                "{'channel':'api','connector_id':7}",
                "{'channel':'api','connector_id':'" + "c".repeat(129) + "'}")
            .map(json -> json.replace('\'', '"'));
    return Stream.concat(fields, wholes);
  }

  @ParameterizedTest
  @MethodSource("taken")
  void shouldBothTakeIt(String json) {
    assertThat(SCHEMA.problemsOf(Json.mapper().readTree(json))).isEmpty();
    assertThat(RawEventReader.readPublic(json.getBytes(UTF_8)))
        .isInstanceOf(RawEventReading.Accepted.class);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldBothRefuseIt(String json) {
    assertThat(SCHEMA.problemsOf(Json.mapper().readTree(json))).isNotEmpty();
    assertThat(RawEventReader.readPublic(json.getBytes(UTF_8)))
        .isInstanceOf(RawEventReading.Invalid.class);
  }

  @Test
  void shouldBothTakeTheGoldenEvent() {
    assertThat(RawEventReader.readPublic(Json.bytes(Golden.named("raw-event"))))
        .isInstanceOf(RawEventReading.Accepted.class);
  }

  private static String event(String fields) {
    String more = fields.isEmpty() ? "" : "," + fields;
    return ("{'channel':'api','connector_id':'c'" + more + "}").replace('\'', '"');
  }
}
