package dev.syris.gateway.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.gateway.ledger.chain.Verification.Invalid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainCheckTest {

  private static final Instant AT = Instant.parse("2026-11-23T12:00:00.123Z");

  private final Chain.Appended trail = Chain.append(ChainHead.EMPTY, records(1, 9));

  @Test
  void shouldFindNothingWhenNothingIsWrong() {
    assertThat(check(trail.rows(), trail.head(), List.of())).isNull();
  }

  @Test
  void shouldFindNothingWhenThereIsNothing() {
    assertThat(check(List.of(), ChainHead.EMPTY, List.of())).isNull();
  }

  @Test
  void shouldGiveTheSameChainWhenItIsAppendedInParts() {
    // When
    Chain.Appended first = Chain.append(ChainHead.EMPTY, records(1, 4));
    Chain.Appended second = Chain.append(first.head(), records(5, 9));

    // Then
    assertThat(second.head()).isEqualTo(trail.head());
  }

  @Test
  void shouldNameEachRowThatIsMissing() {
    for (int i = 0; i < trail.rows().size(); i++) {
      // Given
      var rows = new ArrayList<>(trail.rows());
      rows.remove(i);

      // When
      Invalid found = check(rows, trail.head(), List.of());

      // Then
      assertThat(found).isEqualTo(new Invalid(i + 1, "the row is missing"));
    }
  }

  @Test
  void shouldNameARowWhoseBodyAndHashWereBothMadeAnew() {
    // Given: a forger who makes one row right in itself
    ChainRow victim = trail.rows().get(3);
    ChainRow forged =
        Chain.append(new ChainHead(3, trail.rows().get(2).hash()), records(77, 77))
            .rows()
            .getFirst();
    var rows = new ArrayList<>(trail.rows());
    rows.set(3, forged);

    // When
    Invalid found = check(rows, trail.head(), List.of());

    // Then: the next one no longer follows
    assertThat(victim.sequence()).isEqualTo(4);
    assertThat(found).isNotNull();
    assertThat(found.sequence()).isEqualTo(5);
  }

  @Test
  void shouldNameTheLastRowWhenItWasMadeAnew() {
    // Given
    ChainRow forged =
        Chain.append(new ChainHead(8, trail.rows().get(7).hash()), records(77, 77))
            .rows()
            .getFirst();
    var rows = new ArrayList<>(trail.rows().subList(0, 8));
    rows.add(forged);

    // When / Then
    assertThat(check(rows, trail.head(), List.of()))
        .isEqualTo(new Invalid(9, "the last row's hash is not the head's"));
  }

  @Test
  void shouldStartFromTheLastDroppedSeal() {
    // Given
    List<Seal> seals = List.of(seal(1, 1, 3, true), seal(2, 4, 6, true), seal(3, 7, 8, false));

    // When / Then
    assertThat(check(trail.rows().subList(6, 9), trail.head(), seals)).isNull();
    assertThat(check(trail.rows().subList(5, 9), trail.head(), seals))
        .isEqualTo(new Invalid(6, "the row is not the ledger's: the trail begins behind it"));
    assertThat(check(trail.rows().subList(7, 9), trail.head(), seals))
        .isEqualTo(new Invalid(7, "the row is missing"));
  }

  @Test
  void shouldNameASealThatDoesNotFollowTheOneBefore() {
    assertThat(check(List.of(), trail.head(), List.of(seal(2, 4, 6, true))))
        .isEqualTo(new Invalid(4, "segment 2 does not follow sequence 0"));
    assertThat(
            check(trail.rows(), trail.head(), List.of(seal(1, 1, 3, false), seal(2, 5, 6, false))))
        .isEqualTo(new Invalid(5, "segment 2 does not follow sequence 3"));
  }

  @Test
  void shouldNameASealWithAnotherCount() {
    // Given
    Seal right = seal(1, 1, 3, false);
    var wrong =
        new Seal(
            1,
            right.firstSequence(),
            right.firstPrevious(),
            right.lastSequence(),
            right.lastHash(),
            2,
            false);

    // When / Then
    assertThat(check(trail.rows(), trail.head(), List.of(wrong)))
        .isEqualTo(new Invalid(1, "segment 1 was sealed with 2 rows from 1 to 3"));
  }

  @Test
  void shouldNameTheHeadWhenItIsBehindWhatWasSealed() {
    assertThat(check(List.of(), new ChainHead(2, ChainHash.GENESIS), List.of(seal(1, 1, 3, true))))
        .isEqualTo(new Invalid(3, "the head is at 2, behind what was sealed"));
  }

  private Invalid check(List<ChainRow> rows, ChainHead head, List<Seal> seals) {
    var check = new ChainCheck(head, seals);
    Invalid found = check.begin();
    for (int i = 0; found == null && i < rows.size(); i++) {
      found = check.accept(rows.get(i));
    }
    return found == null ? check.end() : found;
  }

  private Seal seal(long id, int first, int last, boolean dropped) {
    ChainHash before = first == 1 ? ChainHash.GENESIS : trail.rows().get(first - 2).hash();
    return new Seal(
        id, first, before, last, trail.rows().get(last - 1).hash(), last - first + 1, dropped);
  }

  private static List<AuditRecord> records(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(ChainCheckTest::audit).toList();
  }

  private static AuditRecord audit(int number) {
    var id = new AuditId(Uuids.named("test", Integer.toString(number)));
    AuditEvent event =
        AuditEvent.of(AuditType.EVENT_INGESTED, id, new TraceId(Uuids.named("trace")), AT)
            .say("number " + number);
    return AuditRecord.of(event, AT);
  }
}
