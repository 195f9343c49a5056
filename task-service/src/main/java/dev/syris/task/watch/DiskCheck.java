package dev.syris.task.watch;

import dev.syris.contracts.json.Json;
import dev.syris.task.alarm.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the disk with the data is nearly full: under a twentieth, or under a gibibyte. */
final class DiskCheck implements Check {

  private static final String TYPE = "disk.full";
  private static final long LEAST = 1L << 30;
  private static final long SHARE = 20;

  private final Path folder;

  DiskCheck(Path folder) {
    this.folder = folder;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<List<Finding>> look(Instant now) {
    try {
      FileStore store = Files.getFileStore(folder);
      return Optional.of(judge(store.getUsableSpace(), store.getTotalSpace()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Finding> judge(long free, long total) {
    if (free >= LEAST && free >= total / SHARE) {
      return List.of();
    }
    return List.of(
        Finding.of(
            TYPE,
            Finding.Severity.CRITICAL,
            TYPE,
            "The disk with the data has %d MiB left of %d; make room"
                .formatted(free >> 20, total >> 20),
            Json.object().put("free_bytes", free).put("total_bytes", total)));
  }
}
