package dev.syris.task.web;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110) of what has a version. */
public final class EntityTag {

  private EntityTag() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Checks what a change is for.
   *
   * @param ifMatch the header; null where any version will do
   * @param what is to be changed, for people
   * @throws ProblemException 412 where it is for another version
   */
  public static void check(@Nullable String ifMatch, long version, String what) {
    if (ifMatch == null || matches(ifMatch, version)) {
      return;
    }
    throw new ProblemException(
        CommonProblem.PRECONDITION_FAILED,
        "%s is version %d; read it again and repeat the change".formatted(what, version));
  }

  private static boolean matches(String ifMatch, long version) {
    return Arrays.stream(ifMatch.split(","))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(of(version)));
  }
}
