package dev.syris.ingest.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.StorableText;
import dev.syris.ingest.http.Reading.Stimuli;
import dev.syris.platform.config.ConnectorsProperties;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An array is nothing but its elements' bytes, brackets, commas and blanks. */
class SlicingLawsTest {

  private static final EventsReader READER = new EventsReader(new ConnectorsProperties(Map.of()));

  /** One element as it is written, and the blanks before and behind it. */
  record Element(String before, String json, String behind) {}

  @Property(tries = 400)
  void everyStimulusHasExactlyTheBytesOfItsElement(@ForAll("arrays") List<Element> elements) {
    String array =
        elements.stream()
            .map(element -> element.before() + element.json() + element.behind())
            .collect(Collectors.joining(",", "\n[", "] "));

    var stimuli = (Stimuli) READER.read(array.getBytes(UTF_8), null);

    assertThat(stimuli.stimuli())
        .extracting(stimulus -> new String(stimulus.bytes(), UTF_8))
        .containsExactlyElementsOf(elements.stream().map(Element::json).toList());
  }

  @Provide
  Arbitrary<List<Element>> arrays() {
    Arbitrary<String> blank = Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(3);
    return Combinators.combine(blank, events(), blank)
        .as(Element::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  private static Arbitrary<String> events() {
    return Combinators.combine(
            strings(), values(), Arbitraries.strings().withChars(" \n\t").ofMaxLength(2))
        .as(
            (text, value, blank) ->
                "{%1$s\"text\":%1$s%2$s%1$s,\"channel\":\"api\",\"more\":%3$s%1$s,\"connector_id\":\"c\"%1$s}"
                    .formatted(blank, text, value));
  }

  /**
   * Everything a JSON value can look like, brackets, commas and quotes inside strings above all.
   */
  private static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        strings(),
        Arbitraries.of(
            "1.50",
            "-0",
            "1E400",
            "0.1e-7",
            "true",
            "null",
            "[]",
            "{}",
            "[[],{}]",
            "[ 1 , \"]\" ]"),
        strings().map(text -> "{\"a\" :[" + text + ",{\"b\":" + text + "}]}"));
  }

  /** A string as JSON writes it: each character as it is or as an escape. */
  private static Arbitrary<String> strings() {
    return Combinators.combine(
            Arbitraries.strings()
                .withChars("ab\\\"/[]{},: \n\té€\u2028\uffff")
                .withChars(Character.toChars(0x1f600))
                .ofMaxLength(12)
                .filter(text -> StorableText.fault(text) == null),
            Arbitraries.of(true, false))
        .as(SlicingLawsTest::literal);
  }

  private static String literal(String text, boolean escaped) {
    var json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (escaped || c < ' ' || c == '"' || c == '\\') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
