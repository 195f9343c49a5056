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

  private final Disk disk;

  DiskCheck(Disk disk) {
    this.disk = disk;
  }

  /** What can be asked how much room it has. */
  interface Disk {
    Room room() throws IOException;
  }

  /** In bytes. */
  record Room(long free, long total) {}

  /** The disk a folder is on. */
  static DiskCheck of(Path folder) {
    return new DiskCheck(
        () -> {
          FileStore store = Files.getFileStore(folder);
          return new Room(store.getUsableSpace(), store.getTotalSpace());
        });
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Optional<List<Finding>> look(Instant now) {
    try {
      return Optional.of(judge(disk.room()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Finding> judge(Room room) {
    if (room.free() >= LEAST && room.free() >= room.total() / SHARE) {
      return List.of();
    }
    return List.of(
        Finding.of(
            TYPE,
            Finding.Severity.CRITICAL,
            TYPE,
            "The disk with the data has %d MiB left of %d; make room"
                .formatted(room.free() >> 20, room.total() >> 20),
            Json.object().put("free_bytes", room.free()).put("total_bytes", room.total())));
  }
}
