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
      // Else access(2), which the programs ask about each other, forgets the capability.
      "--securebits=+no_setuid_fixup",
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

  /** What there is to try for the user we are, best first. */
  static List<Unprivileged> ways() {
    boolean root = uid(Path.of("/proc/self")) == ROOT || "root".equals(System.getProperty("user.name"));
    return root ? List.of(NAMESPACE, NOBODY_USER) : List.of(PLAIN);
  }

  /**
   * The first way in which the program can be run and the folder be written.
   *
   * @throws EmbeddedException where none is
   */
  static Unprivileged choose(List<Unprivileged> ways, Path program, Path folder) {
    return ways.stream()
        .filter(way -> way.works(program, folder))
        .findFirst()
        .orElseThrow(
            () ->
                new EmbeddedException(
                    "%s can't be run here, as %s on %s; PostgreSQL refuses to be root: start as a plain user"
                        .formatted(program, ways, folder)));
  }

  List<String> command(List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  private boolean works(Path program, Path folder) {
    String script = "\"$0\" --version && : > \"$1/probe\" && rm \"$1/probe\"";
    return Program.run(
            command(List.of("/bin/sh", "-c", script, program.toString(), folder.toString())), PROBE_LIMIT)
        .succeeded();
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
