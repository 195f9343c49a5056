package dev.syris.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.rules.condition.ConditionReading.Accepted;
import dev.syris.rules.condition.ConditionReading.Rejected;
import dev.syris.rules.problem.Problem;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class ConditionReaderTest {

  private static final String LEAF = "{\"field\":\"a\",\"op\":\"exists\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          null                                              |                   | is null; a condition is an object
          7                                                 |                   | is the number 7
          "all"                                             |                   | is "all"
          []                                                |                   | is a list
          {}                                                |                   | is no condition; it needs one of all, any, none, field
          {"op":"eq","value":1}                             |                   | it needs one of
          {"ALL":[]}                                        |                   | it needs one of
          {"$where":"1"}                                    |                   | it needs one of
          {"all":[@],"any":[@]}                             |                   | has all and any; a condition has one of them
          {"all":[@],"field":"a","op":"exists"}             |                   | has all and field
          {"all":[]}                                        | /all              | is empty; it needs at least one
          {"any":[]}                                        | /any              | is empty
          {"none":[]}                                       | /none             | is empty
          {"all":{}}                                        | /all              | is an object; it must be a list
          {"all":null}                                      | /all              | is null; it must be a list
          {"all":"x"}                                       | /all              | is "x"; it must be a list
          {"all":[null]}                                    | /all/0            | is null; a condition
          {"all":[[@]]}                                     | /all/0            | is a list; a condition
          {"all":[@,1]}                                     | /all/1            | is the number 1
          {"all":[@],"x":1}                                 | /x                | is not known beside all; take it away
          {"all":[@],"a/b~c":1}                             | /a~1b~0c          | is not known beside all
          {"all":[@],"op":"eq"}                             | /op               | is not known beside all
          {"none":[{"any":[{"field":"a","op":"no"}]}]}      | /none/0/any/0/op  | is "no"; it must be one of eq, neq, in
          {"field":"a"}                                     | /op               | is required: one of eq
          {"field":"a","op":null}                           | /op               | is null; it must be one of
          {"field":"a","op":1}                              | /op               | is the number 1; it must be one of
          {"field":"a","op":"EQ","value":1}                 | /op               | is "EQ"; it must be
          {"field":"a","op":"=","value":1}                  | /op               | is "="
          {"field":"a","op":"regex","value":".*"}           | /op               | is "regex"
          {"field":"a","op":"exists","then":1}              | /then             | is not known beside field
          {"field":null,"op":"exists"}                      | /field            | is null; it must be a path
          {"field":1,"op":"exists"}                         | /field            | is the number 1; it must be a path
          {"field":["a"],"op":"exists"}                     | /field            | is a list; it must be a path
          {"field":"","op":"exists"}                        | /field            | is empty; name a field
          {"field":".","op":"exists"}                       | /field            | has an empty segment
          {"field":"a..b","op":"exists"}                    | /field            | has an empty segment
          {"field":"a.","op":"exists"}                      | /field            | has an empty segment
          {"field":" a","op":"exists"}                      | /field            | has blanks round a segment
          {"field":"${a}","op":"exists"}                    | /field            | has a brace in it
          {"field":"a\\u0000","op":"exists"}                | /field            | can't be printed
          {"field":"a\\ud800","op":"exists"}                | /field            | can't be printed
          {"field":"a\\u200b","op":"exists"}                | /field            | can't be printed
          {"field":"a.b.c.d.e.f.g.h.i.j.k","op":"exists"}   | /field            | has 11 segments; at most 10
          {"field":"a","op":"eq"}                           | /value            | is required: a string, a number, true or false
          {"field":"a","op":"eq","value":null}              | /value            | is null; it must be a string, a number, true or false (for null use exists or not_exists)
          {"field":"a","op":"eq","value":[]}                | /value            | is a list; it must be
          {"field":"a","op":"eq","value":{"b":1}}           | /value            | is an object; it must be
          {"field":"a","op":"neq"}                          | /value            | is required
          {"field":"a","op":"neq","value":[1]}              | /value            | is a list
          {"field":"a","op":"in","value":"x"}               | /value            | is "x"; it must be a list
          {"field":"a","op":"in","value":[]}                | /value            | is a list; it must be a list with at least one
          {"field":"a","op":"in"}                           | /value            | is required
          {"field":"a","op":"in","value":[1,null]}          | /value/1          | is null
          {"field":"a","op":"in","value":[[1]]}             | /value/0          | is a list
          {"field":"a","op":"not_in","value":[{}]}          | /value/0          | is an object
          {"field":"a","op":"not_in","value":1}             | /value            | is the number 1; it must be a list
          {"field":"a","op":"contains"}                     | /value            | is required
          {"field":"a","op":"contains","value":["x"]}       | /value            | is a list
          {"field":"a","op":"not_contains","value":null}    | /value            | is null
          {"field":"a","op":"not_contains","value":{}}      | /value            | is an object
          {"field":"a","op":"matches"}                      | /value            | is required: a glob
          {"field":"a","op":"matches","value":1}            | /value            | is the number 1; it must be a glob
          {"field":"a","op":"matches","value":["*"]}        | /value            | is a list; it must be a glob
          {"field":"a","op":"matches","value":"a[b"}        | /value            | has a [ without its ]
          {"field":"a","op":"matches","value":"[9-0]"}      | /value            | has the range 9-0
          {"field":"a","op":"lt"}                           | /value            | is required: a number
          {"field":"a","op":"lt","value":"warm"}            | /value            | is "warm"; it must be a number
          {"field":"a","op":"lte","value":""}               | /value            | is ""; it must be a number
          {"field":"a","op":"gt","value":true}              | /value            | is true; it must be a number
          {"field":"a","op":"gte","value":[1]}              | /value            | is a list; it must be a number
          {"field":"a","op":"gte","value":"NaN"}            | /value            | is "NaN"
          {"field":"a","op":"gte","value":"0x10"}           | /value            | is "0x10"
          {"field":"a","op":"gte","value":"1,5"}            | /value            | is "1,5"
          {"field":"a","op":"gte","value":"1e99999999999"}  | /value            | is "1e99999999999"
          {"field":"a","op":"gte","value":"١"}              | /value            | is "١"
          {"field":"a","op":"exists","value":true}          | /value            | is true; exists takes no value, leave it out
          {"field":"a","op":"not_exists","value":""}        | /value            | is ""; not_exists takes no value
          {"autonomy_gte":"A5"}                             | /autonomy_gte     | is "A5"; it must be one of A0, A1, A2, A3, A4
          {"autonomy_gte":"a2"}                             | /autonomy_gte     | is "a2"; it must be one of
          {"autonomy_gte":2}                                | /autonomy_gte     | is the number 2
          {"autonomy_gte":null}                             | /autonomy_gte     | is null
          {"autonomy_gte":"A2","value":1}                   | /value            | is not known beside autonomy_gte
          {"system_status":"fine"}                          | /system_status    | is "fine"; it must be one of healthy, degraded, down
          {"system_status":"HEALTHY"}                       | /system_status    | is "HEALTHY"
          {"system_status":true}                            | /system_status    | is true
          {"system_status":["healthy"]}                     | /system_status    | is a list
          {"time_window":"night"}                           | /time_window      | is "night"; it must be an object with days, start, end and timezone
          {"time_window":null}                              | /time_window      | is null
          {"time_window":[]}                                | /time_window      | is a list
          {"time_window":{"start":"22:00","end":"06:00","timezone":"UTC"}}                              | /time_window/days     | is required: a list of days
          {"time_window":{"days":[],"start":"22:00","end":"06:00","timezone":"UTC"}}                    | /time_window/days     | it must be a list of days
          {"time_window":{"days":"mon","start":"22:00","end":"06:00","timezone":"UTC"}}                 | /time_window/days     | is "mon"; it must be a list
          {"time_window":{"days":["mon","moon"],"start":"22:00","end":"06:00","timezone":"UTC"}}        | /time_window/days/1   | is "moon"; it must be one of mon
          {"time_window":{"days":[1],"start":"22:00","end":"06:00","timezone":"UTC"}}                   | /time_window/days/0   | is the number 1
          {"time_window":{"days":["mon"],"end":"06:00","timezone":"UTC"}}                               | /time_window/start    | is required: a time of day
          {"time_window":{"days":["mon"],"start":"24:00","end":"06:00","timezone":"UTC"}}               | /time_window/start    | is "24:00"; it must be a time of day
          {"time_window":{"days":["mon"],"start":"9:00","end":"18:00","timezone":"UTC"}}                | /time_window/start    | is "9:00"
          {"time_window":{"days":["mon"],"start":900,"end":"18:00","timezone":"UTC"}}                   | /time_window/start    | is the number 900
          {"time_window":{"days":["mon"],"start":"09:00","end":"18:60","timezone":"UTC"}}               | /time_window/end      | is "18:60"
          {"time_window":{"days":["mon"],"start":"09:00","end":"24:01","timezone":"UTC"}}               | /time_window/end      | is "24:01"
          {"time_window":{"days":["mon"],"start":"09:00","end":"6pm","timezone":"UTC"}}                 | /time_window/end      | is "6pm"
          {"time_window":{"days":["mon"],"start":"09:00","end":"18:00"}}                                | /time_window/timezone | is required: an IANA time zone
          {"time_window":{"days":["mon"],"start":"09:00","end":"18:00","timezone":"Mars/Base"}}         | /time_window/timezone | is "Mars/Base"
          {"time_window":{"days":["mon"],"start":"09:00","end":"18:00","timezone":"+02:00"}}            | /time_window/timezone | is "+02:00"
          {"time_window":{"days":["mon"],"start":"09:00","end":"18:00","timezone":7}}                   | /time_window/timezone | is the number 7
          {"time_window":{"days":["mon"],"start":"09:00","end":"18:00","timezone":"UTC","zone":"UTC"}}  | /time_window/zone     | is not known; a time window has
          """)
  void shouldPointAtThePlaceWhenItIsNoCondition(String json, String pointer, String message) {
    // When
    ConditionReading reading = read(json.replace("@", LEAF));

    // Then
    assertThat(reading).isInstanceOf(Rejected.class);
    Problem first = ((Rejected) reading).problems().getFirst();
    assertThat(first.pointer()).isEqualTo(pointer == null ? "" : pointer);
    assertThat(first.message()).contains(message);
    assertThat(StorableText.fault(first.pointer() + first.message())).isNull();
  }

  @Test
  void shouldTellEveryProblemWhenThereAreSeveral() {
    // Given
    String json =
        """
        {"all": [{"field": "a..b", "op": "is", "value": 1, "note": ""},
                 {"any": [{"autonomy_gte": "high"}, {"field": "a", "op": "lt", "value": "x"}]}], "priority": 1}
        """;

    // When
    ConditionReading reading = read(json);

    // Then
    assertThat(((Rejected) reading).problems())
        .extracting(Problem::pointer)
        .containsExactly(
            "/priority",
            "/all/0/note",
            "/all/0/field",
            "/all/0/op",
            "/all/1/any/0/autonomy_gte",
            "/all/1/any/1/value");
  }

  @Test
  void shouldTellWhatItRefersTo() {
    // Given
    String json =
        """
        {"any": [{"field": "steps.fetch.output.0", "op": "exists"}, {"system_status": "down"},
                 {"none": [{"field": "input.x", "op": "eq", "value": 1}]}]}
        """;

    // When
    ConditionReading reading = read(json);

    // Then
    assertThat(((Accepted) reading).references())
        .extracting(reference -> reference.path() + " at " + reference.pointer())
        .containsExactly("steps.fetch.output.0 at /any/0/field", "input.x at /any/2/none/0/field");
  }

  @Test
  void shouldTakeFiveGroupsInEachOtherAndNoMore() {
    assertThat(read(nested(5))).isInstanceOf(Accepted.class);
    assertThat(((Rejected) read(nested(6))).problems())
        .containsExactly(
            new Problem(
                "/all/0/all/0/all/0/all/0/all/0/all", "is nested 6 deep; at most 5 are taken"));
  }

  @Test
  void shouldTakeTwentyLeavesAndNoMore() {
    assertThat(read(wide(20))).isInstanceOf(Accepted.class);
    assertThat(((Rejected) read(wide(21))).problems())
        .containsExactly(new Problem("/all/20", "is one condition too many; at most 20 are taken"));
    assertThat(((Rejected) read("{\"any\":[%s,%s]}".formatted(wide(15), wide(6)))).problems())
        .extracting(Problem::pointer)
        .containsExactly("/any/1/all/5");
  }

  @Test
  void shouldStopLookingWhenItIsHostile() {
    assertThat(problems(tower(100_000))).isEqualTo(1);
    assertThat(problems(Json.strict().readTree(wide(100_000)))).isEqualTo(1);
    assertThat(problems(list("all", "{}", 100_000))).isEqualTo(20);
    assertThat(problems(list("all", "{\"all\":[]}", 100_000))).isEqualTo(20);
    JsonNode choices =
        Json.object().put("field", "a").put("op", "in").set("value", array("null", 1001));
    assertThat(problems(choices)).isEqualTo(1);
    var names = Json.object();
    for (int i = 0; i < 100_000; i++) {
      names.put("x".repeat(10) + i, i);
    }
    assertThat(problems(names.put("system_status", "down"))).isEqualTo(20);
  }

  @Test
  void shouldKeepAProblemShortWhenTheInputIsLong() {
    // Given
    String json =
        "{\"field\":\"a\",\"op\":\"%s\",\"%s\":1}".formatted("x".repeat(9999), "y/".repeat(9999));

    // When
    ConditionReading reading = read(json);

    // Then
    assertThat(((Rejected) reading).problems())
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(1100));
  }

  private static ConditionReading read(String json) {
    return ConditionReader.read(Json.strict().readTree(json));
  }

  private static int problems(JsonNode json) {
    return ((Rejected) ConditionReader.read(json)).problems().size();
  }

  private static String nested(int depth) {
    return "{\"all\":[".repeat(depth) + LEAF + "]}".repeat(depth);
  }

  private static String wide(int leaves) {
    return "{\"all\":[" + String.join(",", Collections.nCopies(leaves, LEAF)) + "]}";
  }

  /** Deeper than any parser would let through. */
  private static JsonNode tower(int depth) {
    JsonNode tower = Json.strict().readTree(LEAF);
    for (int i = 0; i < depth; i++) {
      tower = Json.object().set("all", Json.mapper().createArrayNode().add(tower));
    }
    return tower;
  }

  private static JsonNode list(String name, String element, int size) {
    return Json.object().set(name, array(element, size));
  }

  private static ArrayNode array(String element, int size) {
    JsonNode node = Json.strict().readTree(element);
    ArrayNode array = Json.mapper().createArrayNode();
    Collections.nCopies(size, node).forEach(array::add);
    return array;
  }
}
