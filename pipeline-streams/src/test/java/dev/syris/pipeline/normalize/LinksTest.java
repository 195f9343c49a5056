package dev.syris.pipeline.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          see https://example.org/a?b=c#d.            | https://example.org/a?b=c#d
          HTTP://EXAMPLE.org, then                    | HTTP://EXAMPLE.org
          (https://en.wikipedia.org/wiki/Java_(lang)) | https://en.wikipedia.org/wiki/Java_(lang)
          <https://example.org>                       | https://example.org
          "https://example.org/x"!                    | https://example.org/x
          [a](https://example.org/y)                  | https://example.org/y
          https://übung.example/ä                     | https://übung.example/ä
          """)
  void shouldFindALink(String text, String link) {
    assertThat(Links.in(text)).containsExactly(link);
  }

  @ParameterizedTest
  @CsvSource({
    "nothing",
    "http://",
    "ftp://example.org",
    "xhttp://example.org",
    "://",
    "https:// x"
  })
  void shouldFindNothing(String text) {
    assertThat(Links.in(text)).isEmpty();
  }

  @Test
  void shouldKeepTheOrderAndDropRepeats() {
    assertThat(Links.in("http://b.c http://a.b http://b.c"))
        .isEqualTo(List.of("http://b.c", "http://a.b"));
  }

  @Test
  void shouldStayWithinItsBounds() {
    String many =
        IntStream.range(0, 100).mapToObj(i -> "http://a.b/" + i).collect(Collectors.joining(" "));
    assertThat(Links.in(many)).hasSize(Links.MAX_LINKS);
    assertThat(Links.in("http://a.b/" + "x".repeat(Links.MAX_LENGTH))).isEmpty();
  }

  @Property
  void neverThrows(@ForAll String text) {
    assertThat(Links.in("http://" + text + "https://")).isNotNull();
  }
}
