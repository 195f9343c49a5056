package dev.syris.gateway.stream;

import dev.syris.gateway.query.Follow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Follows the trail for one client after another, each on its own virtual thread. There is no
 * queue: a client is given what the database has behind the last sequence it was given, so a slow
 * one costs nothing but time, until the server's write timeout ends it. Thread-safe.
 */
final class AuditStream {

  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final int PAGE = 200;
  private static final long RETRY_MILLIS = 1000;

  /** How long a client waits for a commit; also how soon a token taken back ends its stream. */
  private static final Duration WAIT = Duration.ofMillis(500);

  /**
   * How often the database is asked without a hint: another instance may be the one that writes.
   */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Commits come in bursts; one read serves those of this long. */
  private static final Duration PAUSE = Duration.ofMillis(30);

  private final Follow follow;
  private final Growth growth;
  private final Set<Thread> clients = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  AuditStream(Follow follow, Growth growth) {
    this.follow = follow;
    this.growth = growth;
  }

  /** Whom to serve, and what. */
  record Client(Follow.Wanted wanted, EventWriter out, BooleanSupplier allowed) {}

  /**
   * Serves one client until it is gone, may no longer see the trail, or the server stops.
   *
   * @param after the last sequence the client has
   */
  void serve(Client client, long after) throws IOException {
    clients.add(Thread.currentThread());
    try {
      if (!closing) {
        client.out().open(RETRY_MILLIS);
        tellGap(after, client.out());
        run(client, after);
      }
    } catch (InterruptedException e) {
      // The server stops: the connection ends with the request.
      client.out().flush();
    } finally {
      clients.remove(Thread.currentThread());
    }
  }

  private void run(Client client, long from) throws IOException, InterruptedException {
    long after = from;
    long lastWrite = System.nanoTime();
    long lastLook = lastWrite - LOOK.toNanos();
    while (!closing && client.allowed().getAsBoolean()) {
      boolean grown = growth.awaitBeyond(after, WAIT) > after;
      if (grown || System.nanoTime() - lastLook >= LOOK.toNanos()) {
        long reached = catchUp(client, after);
        lastLook = System.nanoTime();
        lastWrite = reached > after ? lastLook : lastWrite;
        after = reached;
        Thread.sleep(PAUSE);
      }
      if (System.nanoTime() - lastWrite >= HEARTBEAT.toNanos()) {
        client.out().heartbeat();
        client.out().flush();
        lastWrite = System.nanoTime();
      }
    }
  }

  /** Gives a client all there is up to now; the sequence up to which it has everything it wants. */
  private long catchUp(Client client, long from) throws IOException {
    long head = follow.head();
    long after = from;
    while (after < head && !closing) {
      List<Follow.Recorded> page = follow.read(client.wanted(), after, head, PAGE);
      for (Follow.Recorded recorded : page) {
        client.out().event(recorded.sequence(), recorded.body());
      }
      client.out().flush();
      after = page.size() < PAGE ? head : page.getLast().sequence();
    }
    return after;
  }

  /** Says so where the records a client asks for are no longer kept. */
  private void tellGap(long after, EventWriter out) throws IOException {
    long first = follow.first();
    if (after > 0 && after + 1 < first) {
      out.named("gap", "{\"from\":%d,\"to\":%d}".formatted(after + 1, first - 1));
    }
  }

  int clients() {
    return clients.size();
  }

  /** Ends all streams now. */
  void close() {
    closing = true;
    clients.forEach(Thread::interrupt);
  }

  void open() {
    closing = false;
  }
}
