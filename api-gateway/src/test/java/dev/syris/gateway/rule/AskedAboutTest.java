package dev.syris.gateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.rules.replay.PastEvent;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class AskedAboutTest {

  @ParameterizedTest
  @CsvSource({"0, me,", "3, me,", "4, me, loop", "3, spammer, spam", "4, spammer, loop"})
  void shouldAskNoRuleAboutALoopOrSpam(int depth, String actor, String expected) {
    // Given
    var asked = new AskedAbout(3, Set.of("spammer"));
    PastEvent door = PastEvents.door("open", Instant.EPOCH);
    ObjectNode event = (ObjectNode) door.event();
    event.set("correlation", Json.object().put("depth", depth));
    event.set("actor", Json.object().put("type", "user").put("id", actor));
    // When / Then
    assertThat(asked.notAbout(door)).isEqualTo(expected);
  }
}
