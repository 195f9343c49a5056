package dev.syris.rules.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.rules.template.Rendering.Rendered;
import dev.syris.rules.template.TemplateReading.Accepted;
import dev.syris.rules.template.TemplateReading.Rejected;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TemplateLawsTest {

  private static final JsonNodeFactory NODES = Json.mapper().getNodeFactory();
  private static final Pattern DOLLARS_BEFORE_A_BRACE = Pattern.compile("\\$+(?=\\{)");
  private static final int ROOMY = 1 << 24;

  @Property
  void isItselfWithoutReferences(@ForAll("documents") JsonNode json) {
    Template template = parse(withoutReferences(json));

    assertThat(template.references()).isEmpty();
    assertThat(render(template, Json.object())).isEqualTo(withoutReferences(json));
  }

  @Property
  void writesEveryTextWithDollarsDoubled(@ForAll("texts") String text) {
    String doubled =
        DOLLARS_BEFORE_A_BRACE
            .matcher(text)
            .replaceAll(run -> "\\$".repeat(2 * run.group().length()));

    assertThat(render(parse(NODES.stringNode(doubled)), Json.object()).asString()).isEqualTo(text);
  }

  @Property
  void neverLooksAtWhatItFound(@ForAll("texts") String found, @ForAll("texts") String other) {
    ObjectNode document = Json.object().put("a", found).put("b", other);

    assertThat(render(parse(NODES.stringNode("${a}")), document).asString()).isEqualTo(found);
    assertThat(render(parse(NODES.stringNode("<${a}${b}>")), document).asString())
        .isEqualTo("<" + found + other + ">");
  }

  @Property
  void givesWhatItFoundWithItsType(@ForAll("documents") JsonNode value) {
    JsonNode document = Json.object().set("a", value);

    assertThat(render(parse(NODES.stringNode("${a}")), document)).isEqualTo(value);
  }

  @Property
  void writesAllButStringsAsJsonDoes(@ForAll("documents") JsonNode value) {
    JsonNode document = Json.object().set("a", value);

    if (!value.isNull()) {
      assertThat(render(parse(NODES.stringNode(" ${a}")), document).asString())
          .isEqualTo(
              " "
                  + (value.isString()
                      ? value.asString()
                      : Json.mapper().writeValueAsString(value)));
    }
  }

  @Property
  void neverThrows(@ForAll("documents") JsonNode json, @ForAll("documents") JsonNode document) {
    switch (Template.parse(json)) {
      case Accepted(Template template) -> template.render(document, 100);
      case Rejected(var problems) ->
          assertThat(problems)
              .isNotEmpty()
              .allSatisfy(p -> assertThat(StorableText.fault(p.pointer() + p.message())).isNull());
    }
  }

  @Property
  void countsTheBytesThatAreWritten(@ForAll("documents") JsonNode json) {
    int bytes = Json.bytes(json).length;

    assertThat(JsonSize.excess(json, bytes, 64)).isNull();
    assertThat(JsonSize.excess(json, bytes - 1, 64)).isEqualTo(JsonSize.Excess.TOO_LARGE);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "$", "{", "}", "${", "${a}", "${b", "$${", "a", ".", "\"", "\\", "/", "\n", "\u0001",
            "\u007f", "é", "€", "😀", "\u2028", " ")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<JsonNode> documents() {
    return Arbitraries.lazyOf(
        this::scalars, this::scalars, this::scalars, this::lists, this::objects);
  }

  private Arbitrary<JsonNode> scalars() {
    return Arbitraries.oneOf(
        texts().map(NODES::stringNode),
        Arbitraries.longs().map(NODES::numberNode),
        Arbitraries.bigIntegers()
            .between(BigInteger.TEN.pow(30).negate(), BigInteger.TEN.pow(30))
            .map(n -> (JsonNode) NODES.numberNode(n)),
        Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(-400, 400))
            .as(
                (unscaled, scale) ->
                    (JsonNode) NODES.numberNode(BigDecimal.valueOf(unscaled, scale))),
        Arbitraries.of(NODES.booleanNode(true), NODES.booleanNode(false), NODES.nullNode()));
  }

  private Arbitrary<JsonNode> lists() {
    return documents().list().ofMaxSize(3).map(TemplateLawsTest::list);
  }

  private Arbitrary<JsonNode> objects() {
    return Arbitraries.maps(texts(), documents())
        .ofMaxSize(3)
        .map(
            members -> {
              ObjectNode object = Json.object();
              members.forEach(object::set);
              return object;
            });
  }

  private static JsonNode list(List<JsonNode> elements) {
    ArrayNode list = Json.mapper().createArrayNode();
    elements.forEach(list::add);
    return list;
  }

  private static JsonNode withoutReferences(JsonNode json) {
    String text = Json.mapper().writeValueAsString(json);
    return Json.mapper().readTree(text.replace("${", "$ {"));
  }

  private static Template parse(JsonNode json) {
    return ((Accepted) Template.parse(json)).template();
  }

  private static JsonNode render(Template template, JsonNode document) {
    return ((Rendered) template.render(document, ROOMY)).value();
  }
}
