package dev.syris.task.call;

import static dev.syris.task.call.Held.Standing.OPEN;
import static dev.syris.task.call.Held.Standing.RECORDED;
import static dev.syris.task.call.Held.Standing.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.instance.Owner;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldTest {

  @ParameterizedTest
  @CsvSource({
    "STARTED,a,5,2,5,OPEN",
    "STARTED,a,5,2,6,TAKEN", // this instance has a successor that has not come to this call yet
    "STARTED,a,5,3,5,TAKEN", // another attempt
    "STARTED,b,1,3,5,TAKEN", // another instance
    "SUCCEEDED,a,5,2,5,RECORDED",
    "UNKNOWN,a,6,2,6,TAKEN",
    "RECEIVED,,0,0,5,TAKEN"
  })
  void shouldLetOnlyTheAttemptThatHoldsTheCallSpeak(
      ToolCallStatus status,
      String owner,
      long ownerEpoch,
      int attempt,
      long currentEpoch,
      Held.Standing expected) {
    // Given
    var held =
        new Held(
            new ToolCallId(UUID.randomUUID()), status, owner, ownerEpoch, attempt, currentEpoch);
    // When
    Held.Standing standing = held.standing(new Owner("a", 5), 2);
    // Then
    assertThat(standing).isEqualTo(expected).isIn(OPEN, RECORDED, TAKEN);
  }
}
