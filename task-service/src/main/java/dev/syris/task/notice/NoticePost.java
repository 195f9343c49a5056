package dev.syris.task.notice;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.notice.NoticeTable.Claimed;
import dev.syris.task.notify.Message;
import dev.syris.task.notify.NotifySettings;
import dev.syris.task.notify.Targets;
import dev.syris.task.notify.Urgency;
import dev.syris.task.tool.ToolAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is due to one target after the other: claims in one transaction, sends in none,
 * records in another. Whoever stops in between has it sent again.
 */
final class NoticePost {

  private static final Logger LOG = LoggerFactory.getLogger(NoticePost.class);

  /** Longer than all that is claimed at once can take. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration LONGEST_SEND = Duration.ofSeconds(10);
  private static final int BATCH = 5;

  private final NoticeTable table;
  private final TransactionTemplate transaction;
  private final Targets targets;
  private final NoticeLetters letters;
  private final NotifySettings settings;
  private final IdSource ids;
  private final InstantSource clock;
  private final RandomGenerator random;

  NoticePost(
      NoticeTable table,
      TransactionTemplate transaction,
      Targets targets,
      NoticeLetters letters,
      NotifySettings settings,
      IdSource ids,
      InstantSource clock,
      RandomGenerator random) {
    this.table = table;
    this.transaction = transaction;
    this.targets = targets;
    this.letters = letters;
    this.settings = settings;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /** Gives up what was meant for targets that are gone. */
  void clear() {
    int gone =
        table.abandon(
            targets.ids(),
            ErrorDetail.permanent("notice.no_target", "its target is configured no more"));
    if (gone > 0) {
      LOG.warn("{} notices were meant for targets that are configured no more", gone);
    }
  }

  /** Sends a few of what is due to a target; says whether there may be more at once. */
  boolean send(String target) throws InterruptedException {
    Instant now = clock.instant();
    int room = settings.noticesPerMinute() - table.sentLately(target, now);
    foldWhatPilesUp(target, Math.max(room, 0), now);
    if (room <= 0) {
      return false;
    }
    List<Claimed> claimed = table.claim(target, Math.min(room, BATCH), now, now.plus(LEASE));
    for (Claimed one : claimed) {
      send(one);
    }
    return claimed.size() == BATCH;
  }

  /** Where more than another minute's worth would wait, its end becomes one notice. */
  private void foldWhatPilesUp(String target, int room, Instant now) {
    int limit = settings.noticesPerMinute();
    if (table.due(target, now) <= room + limit) {
      return;
    }
    int keep = Math.max(room - 1, 0);
    transaction.executeWithoutResult(
        _ -> {
          int folded =
              table.fold(
                  target,
                  keep,
                  now,
                  ErrorDetail.permanent("notice.folded", "too many at once; told as one"));
          if (folded > 0) {
            table.insert(ids.next(), more(folded), target, now);
          }
        });
  }

  private Notice more(int folded) {
    return new Notice(
        Notice.Kind.MORE,
        ids.next().toString(),
        "and %d more wait".formatted(folded),
        "%d more notices came than are told one by one. See ./syris approvals, or GET /approvals?status=pending."
            .formatted(folded),
        Urgency.HIGH);
  }

  private void send(Claimed claimed) throws InterruptedException {
    Optional<Message> message = letters.write(claimed);
    if (message.isEmpty()) {
      table.dropped(
          claimed, ErrorDetail.permanent("notice.over", "there is nothing to answer any more"));
      return;
    }
    switch (deliver(claimed, message.get())) {
      case ToolAnswer.Succeeded _ -> table.sent(claimed, clock.instant());
      case ToolAnswer.Failed(ErrorDetail error) -> failed(claimed, error);
      case ToolAnswer.Unknown(ErrorDetail error) -> failed(claimed, error);
    }
  }

  private ToolAnswer deliver(Claimed claimed, Message message) throws InterruptedException {
    TraceId trace = ids.nextTraceId();
    String traceparent = TraceParent.format(trace, claimed.id());
    return Limited.within(
        LONGEST_SEND,
        () -> targets.send(claimed.target(), message, claimed.id().toString(), traceparent));
  }

  private void failed(Claimed claimed, ErrorDetail error) {
    if (claimed.attempt() >= settings.maxAttempts()) {
      table.failed(claimed, error);
      LOG.warn(
          "the notice {} did not reach {} in {} attempts: {}",
          claimed.id(),
          claimed.target(),
          claimed.attempt(),
          error.code());
      return;
    }
    Duration pause = Backoff.after(claimed.attempt(), error, random.nextDouble());
    table.retry(claimed, error, clock.instant().plus(pause));
  }
}
