package dev.syris.rules.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.template.Rendering.Failed;
import dev.syris.rules.template.Rendering.Rendered;
import dev.syris.rules.template.TemplateReading.Accepted;
import dev.syris.rules.template.TemplateReading.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TemplateTest {

  private static final int ROOMY = 1 << 20;

  private static final JsonNode DOCUMENT =
      Json.strict()
          .readTree(
              """
              {"input": {"x": "a value", "n": 1.50, "big": 12345678901234567890, "yes": true, "none": null, "empty": "",
                         "ref": "${input.x}", "quote": "\\"", "$": "dollar", "front door": "open"},
               "steps": {"fetch": {"output": {"items": [{"id": 7}, {"id": 8}], "0": "zero"}}}}
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          "${input.x}"                                      | "a value"
          "${input.n}"                                      | 1.50
          "${input.big}"                                    | 12345678901234567890
          "${input.yes}"                                    | true
          "${input.none}"                                   | null
          "${input.empty}"                                  | ""
          "${steps.fetch.output.items}"                     | [{"id":7},{"id":8}]
          "${steps.fetch.output.items.1}"                   | {"id":8}
          "${steps.fetch.output.items.0.id}"                | 7
          "${steps.fetch.output.0}"                         | "zero"
          "${input.$}"                                      | "dollar"
          "${input.front door}"                             | "open"
          "<${input.x}>"                                    | "<a value>"
          " ${input.n}"                                     | " 1.50"
          "${input.n}${input.yes}"                          | "1.50true"
          "${input.empty}!"                                 | "!"
          "${input.big}."                                   | "12345678901234567890."
          "got ${steps.fetch.output.items}"                 | "got [{\\"id\\":7},{\\"id\\":8}]"
          "${input.ref}"                                    | "${input.x}"
          "-${input.ref}-"                                  | "-${input.x}-"
          "$${input.x}"                                     | "${input.x}"
          "$$${input.x}"                                    | "$a value"
          "$$$${input.x}"                                   | "$${input.x}"
          "$$$$${input.n}"                                  | "$$1.50"
          "costs $5 or $$5 or 5$"                           | "costs $5 or $$5 or 5$"
          "$${"                                             | "${"
          "a $${b} ${input.x} $${c"                         | "a ${b} a value ${c"
          "} { {} $ }"                                      | "} { {} $ }"
          {"${input.x}": 1}                                 | {"${input.x}":1}
          {"a": ["${input.n}", {"b": "${input.yes}"}, 3]}   | {"a":[1.50,{"b":true},3]}
          {"b": 1, "a": "${input.x}", "c": null}            | {"b":1,"a":"a value","c":null}
          []                                                | []
          {}                                                | {}
          null                                              | null
          42                                                | 42
          """)
  void shouldFillReferencesIn(String json, String rendered) {
    // Given
    Template template = template(json);

    // When
    Rendering rendering = template.render(DOCUMENT, ROOMY);

    // Then
    assertThat(rendering).isEqualTo(new Rendered(Json.strict().readTree(rendered)));
    assertThat(((Rendered) rendering).value()).hasToString(rendered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          "${"                                       |         | has a ${ that is not closed
          "${input.x"                                |         | has a ${ that is not closed
          "a $$${b"                                  |         | has a ${ that is not closed
          "${}"                                      |         | has a ${} that names nothing
          "x${}y"                                    |         | has a ${} that names nothing
          "${a..b}"                                  |         | "a..b" has an empty segment
          "${.}"                                     |         | has an empty segment
          "${.a}"                                    |         | has an empty segment
          "${a.}"                                    |         | has an empty segment
          "${ }"                                     |         | has blanks round a segment
          "${ a }"                                   |         | has blanks round a segment
          "${a .b}"                                  |         | has blanks round a segment
          "${a${b}}"                                 |         | has a brace in it; a path can't hold another
          "${${a}}"                                  |         | has a brace in it
          "${{a}}"                                   |         | has a brace in it
          "${a{0}}"                                  |         | has a brace in it
          "${a.b.c.d.e.f.g.h.i.j.k}"                 |         | has 11 segments; at most 10
          "${a\\u0000}"                              |         | can't be printed
          "${a\\nb}"                                 |         | can't be printed
          "${a\\tb}"                                 |         | can't be printed
          "${a\\u007f}"                              |         | can't be printed
          "${a\\u00a0b}"                             |         | can't be printed
          "${\\u200b}"                               |         | can't be printed
          "${\\u202ea}"                              |         | can't be printed
          "${\\ufeff}"                               |         | can't be printed
          "${\\ue000}"                               |         | can't be printed
          "${\\ud800}"                               |         | can't be printed
          "${\\udc00\\ud800}"                        |         | can't be printed
          "${a\\u2028b}"                             |         | can't be printed
          ["a", "${"]                                | /1      | not closed
          {"a": {"b": ["${}"]}}                      | /a/b/0  | names nothing
          {"a/b": "${"}                              | /a~1b   | not closed
          {"~": "${"}                                | /~0     | not closed
          {"": "${"}                                 | /       | not closed
          {"${": "${"}                               | /${     | not closed
          """)
  void shouldPointAtTheStringWhenItIsNoTemplate(String json, String pointer, String message) {
    // When
    TemplateReading reading = Template.parse(Json.strict().readTree(json));

    // Then
    assertThat(reading).isInstanceOf(Rejected.class);
    Problem first = ((Rejected) reading).problems().getFirst();
    assertThat(first.pointer()).isEqualTo(pointer == null ? "" : pointer);
    assertThat(first.message()).contains(message);
    assertThat(StorableText.fault(first.pointer() + first.message())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          "${input.y}"                         |       | refers to ${input.y}, which finds nothing: input has no "y"
          "x ${input.y}"                       |       | refers to ${input.y}, which finds nothing
          {"a": ["${event.text}"]}             | /a/0  | ${event.text}, which finds nothing: the document has no "event"
          "${steps.fetch.output.items.2}"      |       | steps.fetch.output.items is a list of 2
          "${steps.fetch.output.items.00}"     |       | finds nothing
          "${steps.fetch.output.items.-1}"     |       | finds nothing
          "${steps.fetch.output.items.length}" |       | finds nothing
          "${input.x.length}"                  |       | input.x is a string
          "${input.none.deeper}"               |       | input.none is null
          "${input.x.0}"                       |       | finds nothing
          "${__proto__}"                       |       | finds nothing
          "${input.constructor.name}"          |       | finds nothing
          "${T(java.lang.Runtime)}"            |       | finds nothing
          "${jndi:ldap://x/a}"                 |       | finds nothing
          "${1+1}"                             |       | finds nothing
          "is ${input.none}"                   |       | refers to ${input.none}, which is null and has no text
          """)
  void shouldNameTheReferenceWhenItCanNotBeFilledIn(String json, String pointer, String message) {
    // Given
    Template template = template(json);

    // When
    Rendering rendering = template.render(DOCUMENT, ROOMY);

    // Then
    assertThat(rendering).isInstanceOf(Failed.class);
    Problem first = ((Failed) rendering).problems().getFirst();
    assertThat(first.pointer()).isEqualTo(pointer == null ? "" : pointer);
    assertThat(first.message()).contains(message);
  }

  @Test
  void shouldTellEveryReferenceAndEveryProblem() {
    // Given
    Template template =
        template(
            "{\"a\":\"${input.x} and ${input.p}\",\"b\":[\"${q.0}\",\"$${no}\"],\"c\":\"${input.p}\"}");

    // When
    Rendering rendering = template.render(DOCUMENT, ROOMY);

    // Then
    assertThat(template.references())
        .extracting(reference -> reference.path() + " at " + reference.pointer())
        .containsExactly("input.x at /a", "input.p at /a", "q.0 at /b/0", "input.p at /c");
    assertThat(((Failed) rendering).problems())
        .extracting(Problem::pointer)
        .containsExactly("/a", "/b/0", "/c");
  }

  @Test
  void shouldTellEveryProblemOfParsing() {
    // When
    TemplateReading reading =
        Template.parse(
            Json.strict().readTree("{\"a\":\"${\",\"b\":[\"${}\",\"${ok}\"],\"c\":\"${x..y}\"}"));

    // Then
    assertThat(((Rejected) reading).problems())
        .extracting(Problem::pointer)
        .containsExactly("/a", "/b/0", "/c");
  }

  @Test
  void shouldRefuseWhenTheResultIsTooLarge() {
    // Given
    ObjectNode document = Json.object().put("t", "x".repeat(100));
    document.set("list", Json.mapper().createArrayNode().add("x".repeat(100)));

    // Then
    assertThat(size("\"${t}\"", document, 102)).isEqualTo("fits");
    assertThat(size("\"${t}\"", document, 101)).isEqualTo(" has more than 101 bytes");
    assertThat(size("{\"a\":\"-${t}\"}", document, 109)).isEqualTo("fits");
    assertThat(size("{\"a\":\"-${t}\"}", document, 108)).isEqualTo(" has more than 108 bytes");
    assertThat(size("{\"a\":\"-${t}\"}", document, 100)).isEqualTo("/a has more than 100 bytes");
    assertThat(size("{\"a\":\"-${list}\"}", document, 25)).isEqualTo("/a has more than 25 bytes");
    assertThat(size("[\"${list}\",\"${list}\"]", document, 211)).isEqualTo("fits");
    assertThat(size("[\"${list}\",\"${list}\"]", document, 210))
        .isEqualTo(" has more than 210 bytes");
  }

  @Test
  void shouldStaySmallWhenReferencesMultiply() {
    // Given
    JsonNode document = Json.object().put("t", "x".repeat(1 << 20));
    Template whole = template("[" + "\"${t}\",".repeat(50_000) + "1]");
    Template text = template("\"" + "${t}".repeat(50_000) + "\"");

    // When
    List<Rendering> renderings =
        List.of(whole.render(document, 4 << 20), text.render(document, 4 << 20));

    // Then
    assertThat(renderings).allSatisfy(r -> assertThat(r).isInstanceOf(Failed.class));
  }

  @Test
  void shouldRefuseWhenTheResultIsTooDeep() {
    // Given
    JsonNode document = Json.object().set("deep", tower(40));

    // Then
    assertThat(depth("[".repeat(24) + "\"${deep}\"" + "]".repeat(24), document)).isEqualTo("fits");
    assertThat(depth("[".repeat(25) + "\"${deep}\"" + "]".repeat(25), document))
        .contains("nested more than 64 deep");
    assertThat(depth("\"${t}\"", Json.object().set("t", tower(100_000))))
        .contains("nested more than 64 deep");
    assertThat(depth("\"text ${t}\"", Json.object().set("t", tower(100_000))))
        .contains("nested more than 64 deep");
    assertThat(((Rejected) Template.parse(tower(100_000))).problems())
        .extracting(Problem::message)
        .containsExactly("is nested 65 deep; at most 64 are taken");
  }

  @Test
  void shouldStopLookingWhenItIsHostile() {
    var many = Json.mapper().createArrayNode();
    for (int i = 0; i < 100_000; i++) {
      many.add("${");
    }
    assertThat(((Rejected) Template.parse(many)).problems()).hasSize(20);
    assertThat(template(Json.mapper().writeValueAsString("$".repeat(1 << 20))).references())
        .isEmpty();
    assertThat(Template.parse(Json.mapper().getNodeFactory().stringNode("${".repeat(1 << 19))))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void shouldShareNothingWithWhatItWasMadeFrom() {
    // Given
    var json = (ObjectNode) Json.strict().readTree("{\"fixed\":{\"a\":1},\"r\":\"${o}\"}");
    var document = (ObjectNode) Json.strict().readTree("{\"o\":{\"b\":2}}");
    Template template = template(json);

    // When
    var first = (ObjectNode) ((Rendered) template.render(document, ROOMY)).value();
    json.withObject("/fixed").put("a", 9);
    first.withObject("/fixed").put("a", 8);
    first.withObject("/r").put("b", 8);

    // Then
    assertThat(((Rendered) template.render(document, ROOMY)).value())
        .hasToString("{\"fixed\":{\"a\":1},\"r\":{\"b\":2}}");
  }

  private static Template template(String json) {
    return template(Json.strict().readTree(json));
  }

  private static Template template(JsonNode json) {
    return ((Accepted) Template.parse(json)).template();
  }

  private static String size(String json, JsonNode document, int maxBytes) {
    return outcome(template(json).render(document, maxBytes)).replaceAll(" with its.*", "");
  }

  private static String depth(String json, JsonNode document) {
    return outcome(template(json).render(document, ROOMY));
  }

  private static String outcome(Rendering rendering) {
    return switch (rendering) {
      case Rendered _ -> "fits";
      case Failed(List<Problem> problems) ->
          problems.getFirst().pointer() + " " + problems.getFirst().message();
    };
  }

  /** Deeper than any parser would let through. */
  private static JsonNode tower(int depth) {
    JsonNode tower = Json.mapper().createArrayNode();
    for (int i = 1; i < depth; i++) {
      tower = Json.mapper().createArrayNode().add(tower);
    }
    return tower;
  }
}
