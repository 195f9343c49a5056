package dev.syris.gateway.ledger.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.gateway.ledger.sink.Gap.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartTest {

  private static final TopicPartition PARTITION = new TopicPartition("syris.audit.event", 0);

  @Test
  void shouldGoOnWhereItStoodWhenTheBrokerStillHasIt() {
    assertThat(plan(at("id", 5), "id", 0, 9)).isEqualTo(new Start.Continued(at("id", 5)));
    assertThat(plan(at("id", 5), "id", 5, 5)).isEqualTo(new Start.Continued(at("id", 5)));
    assertThat(plan(at("id", 0), "id", 0, 0)).isEqualTo(new Start.Continued(at("id", 0)));
  }

  @Test
  void shouldBeginAtTheBeginningWhenItNeverRead() {
    assertThat(plan(null, "id", 0, 9)).isEqualTo(new Start.First(at("id", 0)));
  }

  @Test
  void shouldTellOfAGapWhenTheBeginningIsGoneBeforeItEverRead() {
    assertThat(plan(null, "id", 3, 9)).isEqualTo(gap(Kind.EXPIRED, at("id", 0), at("id", 3)));
  }

  @Test
  void shouldTellWhatExpired() {
    assertThat(plan(at("id", 5), "id", 6, 9))
        .isEqualTo(gap(Kind.EXPIRED, at("id", 5), at("id", 6)));
    assertThat(plan(at("id", 5), "id", 9, 9))
        .isEqualTo(gap(Kind.EXPIRED, at("id", 5), at("id", 9)));
  }

  @Test
  void shouldReadAgainWhenTheBrokerLostItsEnd() {
    assertThat(plan(at("id", 5), "id", 2, 4))
        .isEqualTo(gap(Kind.TRUNCATED, at("id", 5), at("id", 2)));
  }

  @Test
  void shouldReadAgainWhenTheConsumerFoundAnotherHistory() {
    // When
    List<Start> starts =
        Start.plan(Map.of(PARTITION, at("id", 5)), topic("id", 2, 9), Set.of(PARTITION));

    // Then
    assertThat(starts).containsExactly(gap(Kind.TRUNCATED, at("id", 5), at("id", 2)));
  }

  @Test
  void shouldTellWhenTheTopicIsAnotherWhateverItsOffsets() {
    assertThat(plan(at("old", 5), "new", 0, 9))
        .isEqualTo(gap(Kind.RECREATED, at("old", 5), at("new", 0)));
    assertThat(plan(at("old", 0), "new", 0, 0))
        .isEqualTo(gap(Kind.RECREATED, at("old", 0), at("new", 0)));
  }

  @Test
  void shouldSayInASentenceWhatIsLost() {
    assertThat(new Gap(Kind.EXPIRED, at("id", 5), at("id", 9)).told())
        .isEqualTo(
            "Records 5 to 8 of syris.audit.event-0 were deleted before the ledger had read them");
  }

  private static Start plan(Position stored, String topicId, long earliest, long end) {
    Map<TopicPartition, Position> positions = stored == null ? Map.of() : Map.of(PARTITION, stored);
    return Start.plan(positions, topic(topicId, earliest, end), Set.of()).getFirst();
  }

  private static Map<String, TopicState> topic(String topicId, long earliest, long end) {
    return Map.of(
        PARTITION.topic(), new TopicState(topicId, Map.of(0, new TopicState.Range(earliest, end))));
  }

  private static Position at(String topicId, long offset) {
    return new Position(PARTITION, topicId, offset, null);
  }

  private static Start gap(Kind kind, Position before, Position after) {
    return new Start.AfterGap(new Gap(kind, before, after));
  }
}
