package dev.syris.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a program is run so that it isn't root, which PostgreSQL refuses to be.
 *
 * <p>A plain user just runs it. Root first tries a user namespace, in which the process is nobody to itself and root's
 * files stay readable; where namespaces are forbidden (most containers) it becomes user {@value #NOBODY} and keeps the
 * one capability to reach folders below root's own.
 */
enum Unprivileged {
  PLAIN(-1),
  NAMESPACE(0, "unshare", "--user"),
  NOBODY_USER(
      Unprivileged.NOBODY,
      "setpriv",
      "--reuid=" + Unprivileged.NOBODY,
      "--regid=" + Unprivileged.NOBODY,
      "--clear-groups",
      "--inh-caps=+dac_override",
      "--ambient-caps=+dac_override");

  private static final int NOBODY = 65534;
  private static final int ROOT = 0;
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

  private final int owner;
  private final List<String> prefix;

  Unprivileged(int owner, String... prefix) {
    this.owner = owner;
    this.prefix = List.of(prefix);
  }

  /**
   * The first way in which the program can be run and the folder be written.
   *
   * @throws EmbeddedException where root has no way not to be root
   */
  static Unprivileged choose(Path program, Path folder) {
    if (uid(folder.getFileSystem().getPath("/proc/self")) != ROOT
        && !"root".equals(System.getProperty("user.name"))) {
      return PLAIN;
    }
    for (Unprivileged way : List.of(NAMESPACE, NOBODY_USER)) {
      if (way.works(program, folder)) {
        return way;
      }
    }
    throw new EmbeddedException(
        "PostgreSQL refuses to run as root, and neither 'unshare --user' nor 'setpriv' works here; start as a plain user");
  }

  List<String> command(List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  boolean works(Path program, Path folder) {
    var probe =
        List.of("/bin/sh", "-c", "test -x \"$0\" && test -w \"$1\"", program.toString(), folder.toString());
    return Program.run(command(probe), PROBE_LIMIT).succeeded();
  }

  /** Gives the tree to whom the program runs as; the root of the tree last, so that half done is done again. */
  void own(Path tree) throws IOException {
    if (this == PLAIN || uid(tree) == owner) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return give(file);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
              throw failure;
            }
            return give(folder);
          }
        });
  }

  private FileVisitResult give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
    return FileVisitResult.CONTINUE;
  }

  private static int uid(Path path) {
    try {
      return Files.getAttribute(path, "unix:uid") instanceof Integer uid ? uid : -1;
    } catch (IOException | UnsupportedOperationException e) {
      return -1;
    }
  }
}
