package dev.syris.task.policy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What lies where the policy is looked for. */
sealed interface PolicyFile {

  /** In bytes. */
  int MAX_SIZE = 1024 * 1024;

  /** There is no file: the defaults hold. */
  record Missing() implements PolicyFile {}

  record Text(String text) implements PolicyFile {}

  /**
   * Something is there, but no text.
   *
   * @param why a sentence's end
   */
  record Unreadable(String why) implements PolicyFile {}

  /** Looks at the file system once. */
  static PolicyFile at(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return new Unreadable("is no file; write the policy into a file of this name");
      }
      if (attributes.size() > MAX_SIZE) {
        return new Unreadable(
            "has %d bytes; a policy has at most %d".formatted(attributes.size(), MAX_SIZE));
      }
      return new Text(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException _) {
      return new Missing();
    } catch (CharacterCodingException _) {
      return new Unreadable("is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      return new Unreadable("can't be opened: " + e.getClass().getSimpleName());
    }
  }
}
