package dev.syris.pipeline.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.topic.Topic;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.suppress.History;
import dev.syris.rules.suppress.KeyHistory;
import dev.syris.rules.suppress.RuleHistory;
import dev.syris.rules.suppress.Suppression;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What rules did: a history for each rule and for each of its keys, and an order of them by when
 * they end, in one store. What has ended is dropped as later matches come in, by their time, so
 * that the store holds no more than the windows do. For one task.
 *
 * <p>The order by time is also where deadlines will lie.
 */
final class RuleMemory {

  private static final byte HISTORY = 1;
  private static final byte END = 2;
  private static final byte OF_RULE = 0;
  private static final byte OF_KEY = 1;
  private static final int DROPPED_AT_ONCE = 64;
  private static final int END_KEY_HEAD = 1 + Long.BYTES;
  private static final byte[] THERE = {1};

  private final KeyValueStore<Bytes, byte[]> store;

  /** Nothing ends before; unknown at first. */
  private long firstEnd = Long.MIN_VALUE;

  RuleMemory(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Topic.MAX_MESSAGE_BYTES)));
  }

  History find(Rule rule, String key) {
    byte @Nullable [] whole = store.get(historyKey(rule, OF_RULE, ""));
    byte @Nullable [] one = store.get(historyKey(rule, OF_KEY, key));
    return new History(
        RuleHistory.of(body(whole), rule.version()), KeyHistory.of(body(one), rule.version()));
  }

  void remember(Rule rule, String key, History before, History after, long now) {
    if (!after.rule().equals(before.rule())) {
      put(historyKey(rule, OF_RULE, ""), after.rule().toBytes(), after.rule().endsAt(), now);
    }
    if (!after.key().equals(before.key())) {
      long end = after.key().endsAt(rule.restraint());
      put(historyKey(rule, OF_KEY, key), after.key().toBytes(), end, now);
    }
    drop(now);
  }

  private void put(Bytes key, byte[] history, long end, long now) {
    byte @Nullable [] before = store.get(key);
    if (before != null && endOf(before) != end) {
      store.delete(endKey(endOf(before), key));
    }
    if (end + Suppression.GRACE_MS <= now) {
      if (before != null) {
        store.delete(key);
        store.delete(endKey(endOf(before), key));
      }
      return;
    }
    byte[] value =
        ByteBuffer.allocate(Long.BYTES + history.length).putLong(end).put(history).array();
    store.put(key, value);
    if (before == null || endOf(before) != end) {
      store.put(endKey(end, key), THERE);
      firstEnd = Math.min(firstEnd, end);
    }
  }

  /** Drops some of what ended, the oldest first; more with the next match. */
  private void drop(long now) {
    if (firstEnd + Suppression.GRACE_MS > now) {
      return;
    }
    var ended = new ArrayList<Bytes>();
    firstEnd = Long.MAX_VALUE - Suppression.GRACE_MS;
    try (KeyValueIterator<Bytes, byte[]> ends =
        store.range(endKey(0, Bytes.wrap(new byte[0])), Bytes.wrap(new byte[] {END + 1}))) {
      while (ends.hasNext()) {
        Bytes end = ends.next().key;
        long at = ByteBuffer.wrap(end.get()).getLong(1);
        if (at + Suppression.GRACE_MS > now || ended.size() == DROPPED_AT_ONCE) {
          firstEnd = at;
          break;
        }
        ended.add(end);
      }
    }
    for (Bytes end : ended) {
      byte[] bytes = end.get();
      store.delete(Bytes.wrap(Arrays.copyOfRange(bytes, END_KEY_HEAD, bytes.length)));
      store.delete(end);
    }
  }

  private static byte @Nullable [] body(byte @Nullable [] value) {
    return value == null || value.length < Long.BYTES
        ? null
        : Arrays.copyOfRange(value, Long.BYTES, value.length);
  }

  private static long endOf(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }

  /** The rule's id has at most 64 bytes; its length comes first, so that no two pairs are one. */
  private static Bytes historyKey(Rule rule, byte kind, String key) {
    byte[] id = rule.ruleId().getBytes(UTF_8);
    byte[] of = key.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(3 + id.length + of.length)
            .put(HISTORY)
            .put((byte) id.length)
            .put(id)
            .put(kind)
            .put(of)
            .array());
  }

  private static Bytes endKey(long end, Bytes key) {
    return Bytes.wrap(
        ByteBuffer.allocate(END_KEY_HEAD + key.get().length)
            .put(END)
            .putLong(end)
            .put(key.get())
            .array());
  }
}
