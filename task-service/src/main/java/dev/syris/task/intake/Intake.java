package dev.syris.task.intake;

import static java.util.stream.Collectors.toMap;

import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.call.CallInbox;
import dev.syris.task.call.ReceivedCall;
import dev.syris.task.engine.NewTask;
import dev.syris.task.intake.RequestReading.Accepted;
import dev.syris.task.intake.RequestReading.AcceptedTask;
import dev.syris.task.intake.RequestReading.Rejected;
import dev.syris.task.start.TaskRequests;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a batch of records into rows, in one transaction with how far has been read and with the
 * dead letters of what is no request. Thread-safe.
 */
final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final CallInbox inbox;
  private final TaskRequests tasks;
  private final PositionTable positions;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  Intake(
      CallInbox inbox,
      TaskRequests tasks,
      JdbcClient jdbc,
      Outbox outbox,
      TransactionTemplate transaction,
      InstantSource clock) {
    this.inbox = inbox;
    this.tasks = tasks;
    this.positions = new PositionTable(jdbc);
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** A record and what it turned out to be. */
  private record Item(ConsumerRecord<byte[], byte[]> source, RequestReading reading) {}

  /** Takes all or, where it throws, none. */
  void take(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Item> items = records.stream().map(source -> new Item(source, read(source))).toList();
    try {
      write(items);
    } catch (DataIntegrityViolationException e) {
      LOG.warn(
          "one of {} records can't be kept, taking them one by one: {}",
          items.size(),
          e.getMessage());
      items.forEach(this::writeAlone);
    }
  }

  private RequestReading read(ConsumerRecord<byte[], byte[]> source) {
    if (!source.topic().equals(Topics.TASK_REQUEST.name())) {
      return RequestReader.read(source.value());
    }
    return switch (tasks.read(source.value())) {
      case TaskRequests.Reading.Accepted(NewTask task) -> new AcceptedTask(task);
      case TaskRequests.Reading.Rejected(String code, String message) ->
          new Rejected(code, message);
    };
  }

  private void writeAlone(Item item) {
    try {
      write(List.of(item));
    } catch (DataIntegrityViolationException e) {
      var why =
          new Rejected(
              "tool_call.unstorable",
              "the database can't keep it: " + e.getMostSpecificCause().getMessage());
      write(List.of(new Item(item.source(), why)));
    }
  }

  private void write(List<Item> items) {
    var calls = new ArrayList<ReceivedCall>();
    var started = new ArrayList<NewTask>();
    var letters = new ArrayList<OutboxRecord>();
    Rejected last = null;
    for (Item item : items) {
      switch (item.reading()) {
        case Accepted(ReceivedCall call) -> calls.add(call);
        case AcceptedTask(NewTask task) -> started.add(task);
        case Rejected why -> {
          last = why;
          letters.addAll(DeadLetters.of(item.source(), why));
        }
      }
    }
    if (last != null) {
      int rejected = items.size() - calls.size() - started.size();
      LOG.warn(
          "{} of {} records are dead letters; the last is {}: {}",
          rejected,
          items.size(),
          last.code(),
          last.message());
    }
    transaction.executeWithoutResult(
        _ -> {
          inbox.add(calls);
          tasks.create(started);
          next(items)
              .forEach(
                  (partition, offset) -> positions.advance(partition, offset, clock.instant()));
          outbox.append(letters);
        });
  }

  /** By partition, always in the same order, so that two instances can't wait for each other. */
  private static Map<TopicPartition, Long> next(List<Item> items) {
    return items.stream()
        .map(Item::source)
        .collect(
            toMap(
                source -> new TopicPartition(source.topic(), source.partition()),
                source -> source.offset() + 1,
                Math::max,
                () ->
                    new TreeMap<>(
                        Comparator.comparing(TopicPartition::topic)
                            .thenComparing(TopicPartition::partition))));
  }
}
