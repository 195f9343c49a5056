package dev.syris.pipeline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.Uuids;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CauseChainTest {

  private static final EventId EVENT = new EventId(Uuids.named("e"));

  @ParameterizedTest
  @CsvSource({"A,A", "A B,A B", "A B A,A B A", "X A B A B,B A B", "A A,A A", "A B C A,A B C A"})
  void shouldNameTheRulesThatWentRound(String fired, String cycle) {
    assertThat(chain(fired.split(" ")).cycle()).containsExactly(cycle.split(" "));
  }

  @Test
  void shouldReadWhatItWrote() {
    // Given
    CauseChain chain = chain("a.b-c_d", "B");

    // When / Then
    assertThat(CauseChain.parse(chain.toString())).isEqualTo(chain);
    assertThat(CauseChain.NONE.cycle()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "@", "a@b", "a b@01890a5d-ac96-774b-bcce-b302099a8057", ",,,"})
  void shouldTakeNonsenseForNothing(String text) {
    assertThat(CauseChain.parse(text)).isEqualTo(CauseChain.NONE);
  }

  @Test
  void shouldKeepTheEndOfALongChain() {
    // Given
    CauseChain chain =
        chain(Stream.iterate(0, i -> i + 1).limit(100).map(i -> "r" + i).toArray(String[]::new));

    // When / Then
    assertThat(chain.causes()).hasSize(CauseChain.MAX_CAUSES);
    assertThat(chain.causes().getLast().ruleId()).isEqualTo("r99");
  }

  private static CauseChain chain(String... rules) {
    CauseChain chain = CauseChain.NONE;
    for (String rule : rules) {
      chain = chain.with(rule, EVENT);
    }
    return chain;
  }
}
