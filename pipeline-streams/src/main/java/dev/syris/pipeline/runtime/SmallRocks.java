package dev.syris.pipeline.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One bounded piece of memory for every segment of every store in this process. A home's day of
 * messages fits into it; more goes to the disk, behind bloom filters.
 */
public final class SmallRocks implements RocksDBConfigSetter {

  private static final long CACHE_BYTES = 16L * 1024 * 1024;
  private static final long WRITE_BUFFERS_BYTES = 8L * 1024 * 1024;
  private static final long WRITE_BUFFER_BYTES = 2L * 1024 * 1024;
  private static final double MEMTABLE_BLOOM = 0.05;

  /** Made when the first store opens and never closed: stores come and go with tasks. */
  private static final class Shared {
    static final Cache CACHE = new LRUCache(CACHE_BYTES);
    static final WriteBufferManager WRITE_BUFFERS =
        new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(Shared.CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(Shared.WRITE_BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
    // Nearly every look-up is for a key that is not there: say so without a search, in memory too.
    options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM);
    options.setMemtableWholeKeyFiltering(true);
    options.setInfoLogLevel(InfoLogLevel.ERROR_LEVEL);
    options.setKeepLogFileNum(1);
  }

  @Override
  public void close(String storeName, Options options) {
    // what is shared outlives the store
  }
}
