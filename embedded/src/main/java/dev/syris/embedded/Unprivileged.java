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
 * How a program is run by a user it accepts: PostgreSQL refuses to be root, and wants a user with a
 * name.
 *
 * <p>A plain user just runs it. Root, and a user whom no password file knows, first try a user
 * namespace, in which the process is nobody to itself and their own files stay readable. Where
 * namespaces are forbidden (most containers) root becomes user {@value #NOBODY} and keeps the one
 * capability to reach folders below root's own.
 */
enum Unprivileged {
  PLAIN,
  NAMESPACE("unshare", "--user"),
  NOBODY_USER(
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
  private static final int UNKNOWN = -1;
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final String PROBE =
      """
      id -un && "$0" --version && : > "$1/probe" && rm "$1/probe"
      """;

  private final List<String> prefix;

  Unprivileged(String... prefix) {
    this.prefix = List.of(prefix);
  }

  /** What there is to try for the user we are, best first. */
  static List<Unprivileged> ways() {
    return self() == ROOT ? List.of(NAMESPACE, NOBODY_USER) : List.of(PLAIN, NAMESPACE);
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
                    "%s can't be run here on %s (tried: %s); it refuses root and users without a name: be a plain user"
                        .formatted(program, folder, ways)));
  }

  List<String> command(List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /**
   * Gives the tree to whom the program runs as; the root of the tree last, so that half done is
   * done again.
   */
  void own(Path tree) throws IOException {
    int owner = this == NOBODY_USER ? NOBODY : self();
    if (self() != ROOT || uid(tree) == owner) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return give(file, owner);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            return give(folder, owner);
          }
        });
  }

  private boolean works(Path program, Path folder) {
    return Program.run(
            command(List.of("/bin/sh", "-c", PROBE, program.toString(), folder.toString())),
            PROBE_LIMIT)
        .succeeded();
  }

  private static FileVisitResult give(Path path, int owner) throws IOException {
    Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
    return FileVisitResult.CONTINUE;
  }

  /**
   * The user this JVM runs as; where there is no /proc, as on a Mac, root is known by its name
   * only.
   */
  private static int self() {
    int uid = uid(Path.of("/proc/self"));
    return uid == UNKNOWN && "root".equals(System.getProperty("user.name")) ? ROOT : uid;
  }

  private static int uid(Path path) {
    try {
      return Files.getAttribute(path, "unix:uid") instanceof Integer uid ? uid : UNKNOWN;
    } catch (IOException | UnsupportedOperationException e) {
      return UNKNOWN;
    }
  }
}
