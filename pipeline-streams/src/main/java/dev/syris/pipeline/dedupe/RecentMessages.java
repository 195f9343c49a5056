package dev.syris.pipeline.dedupe;

import dev.syris.contracts.topic.Topic;
import dev.syris.pipeline.flow.Arrival;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What came in during the last 24 hours. A key lies in the day it was first seen in, so that it is
 * looked up with two gets, today's and yesterday's, where a scan of a window would open iterators
 * over every segment. Bounded by the store's retention; the exact age is in the value. For one
 * task.
 */
public final class RecentMessages {

  static final Duration WINDOW = Duration.ofHours(24);

  /**
   * Yesterday's bucket is read until today's ends; the hour is for a broker whose clock was set
   * back.
   */
  private static final Duration RETENTION = WINDOW.multipliedBy(2).plusHours(1);

  private static final long BUCKET = WINDOW.toMillis();

  private final WindowStore<Bytes, byte[]> store;

  public RecentMessages(WindowStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** The store, uncached: every look-up is for a key that is most likely not there. */
  public static StoreBuilder<WindowStore<Bytes, byte[]>> builder(String name) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(name, RETENTION, WINDOW, false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Topic.MAX_MESSAGE_BYTES)));
  }

  /** The first event of the same message, where it is less than 24 hours old. */
  @Nullable FirstSeen find(Arrival arrival) {
    Bytes key = MessageKey.of(arrival);
    long now = arrival.source().timestamp();
    FirstSeen found = in(bucket(now), key);
    if (found == null) {
      found = in(bucket(now) - BUCKET, key);
    }
    return found != null && now - found.at() < BUCKET ? found : null;
  }

  /** From here on, what is the same message is a repeat. */
  public void remember(Arrival arrival) {
    var first = new FirstSeen(arrival.event().eventId(), arrival.source().timestamp());
    store.put(MessageKey.of(arrival), first.toBytes(), bucket(first.at()));
  }

  private @Nullable FirstSeen in(long bucket, Bytes key) {
    byte[] found = bucket < 0 ? null : store.fetch(key, bucket);
    return found == null ? null : FirstSeen.of(found);
  }

  private static long bucket(long at) {
    return at - at % BUCKET;
  }
}
