package dev.syris.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Asks for tasks one after the other, as many as it is allowed to. What is not answered is asked
 * for again with the same Idempotency-Key; what goes to the topic goes there twice.
 */
final class TaskPoster implements AutoCloseable {

  private static final String TOPIC = "syris.task.request";
  private static final int PAUSE_MS = 20;

  private final NumberedTasks tasks;
  private final Supplier<TaskServiceProcess> target;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Semaphore permits = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger allowed = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;

  /**
   * @param target who is asked now
   */
  TaskPoster(
      NumberedTasks tasks,
      Supplier<TaskServiceProcess> target,
      KafkaProducer<byte[], byte[]> producer) {
    this.tasks = tasks;
    this.target = target;
    this.producer = producer;
    this.thread = Thread.ofVirtual().name("task-poster").start(this::run);
  }

  /** So many more. */
  void allow(int more) {
    allowed.addAndGet(more);
    permits.release(more);
  }

  /** Whether all it was allowed to ask for is there. */
  boolean isUpToDate() {
    return done() == allowed.get();
  }

  /** How many are there for certain. */
  int done() {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError("tasks can't be asked for", failed);
    }
    return done.get();
  }

  private void run() {
    try {
      insist("POST", "/controls/autonomy", "{\"level\":\"A3\"}", "level");
      insist("PUT", tasks.templatePath(), tasks.template(), "template");
      for (int task = 0; task < tasks.count(); task++) {
        permits.acquire();
        if (NumberedTasks.isFromTopic(task)) {
          request(task);
        } else {
          insist("POST", "/tasks", tasks.plan(task), "numbered-" + task);
        }
        done.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | AssertionError e) {
      failure.set(e);
    }
  }

  private void request(int task) throws Exception {
    byte[] value = tasks.request(task).getBytes(StandardCharsets.UTF_8);
    byte[] key = NumberedTasks.name(task).getBytes(StandardCharsets.UTF_8);
    for (int time = 0; time < 2; time++) {
      producer.send(new ProducerRecord<>(TOPIC, key, value)).get();
    }
  }

  private void insist(String method, String path, String body, String key)
      throws InterruptedException {
    while (!closed.await(0, TimeUnit.MILLISECONDS)) {
      try {
        Http.Answer answer = target.get().send(method, path, body, key);
        if (Set.of(200, 201).contains(answer.status())) {
          return;
        }
        if (answer.status() < 500) {
          throw new AssertionError(answer.status() + ": " + answer.text());
        }
      } catch (IOException e) {
        // nobody there, or nobody any more
      }
      closed.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    thread.interrupt();
    thread.join();
    producer.close();
  }
}
