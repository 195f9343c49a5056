package dev.syris.pipeline.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one half of the book, rules or settings, from its global topic. Nothing stands behind a
 * global processor, so it takes bytes and catches everything: a record that is none is told to the
 * log and changes nothing.
 *
 * <p>The store is in memory and read anew from the topic at each start, through this same code;
 * Streams does so before it processes anything. It holds the bytes for the second life a processor
 * may have in one process, which begins with {@code init}.
 */
public final class KeepBook implements Processor<byte[], byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(KeepBook.class);

  private final String store;
  private final Change change;
  private @Nullable KeyValueStore<Bytes, byte[]> kept;

  private KeepBook(String store, Change change) {
    this.store = store;
    this.change = change;
  }

  /** Takes one of them in. */
  @FunctionalInterface
  private interface Change {
    void make(String key, byte @Nullable [] value);
  }

  public static ProcessorSupplier<byte[], byte[], Void, Void> rules(String store, RuleBook book) {
    return () -> new KeepBook(store, book::rule);
  }

  public static ProcessorSupplier<byte[], byte[], Void, Void> settings(
      String store, RuleBook book) {
    return () -> new KeepBook(store, book::setting);
  }

  /** The store: its topic is its changelog. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingDisabled();
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    KeyValueStore<Bytes, byte[]> opened = context.getStateStore(store);
    kept = opened;
    try (KeyValueIterator<Bytes, byte[]> all = opened.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> one = all.next();
        take(one.key.get(), one.value);
      }
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() == null) {
      LOG.warn("a record for {} has no key and is ignored", store);
    } else if (take(record.key(), record.value()) && kept != null) {
      kept.put(Bytes.wrap(record.key()), record.value());
    }
  }

  private boolean take(byte[] key, byte @Nullable [] value) {
    String name = new String(key, UTF_8);
    try {
      change.make(name, value);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} has a record for {} that is ignored: {}", store, name, e.toString());
      return false;
    }
  }
}
