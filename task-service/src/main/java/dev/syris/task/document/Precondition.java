package dev.syris.task.document;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change depends on, as RFC 9110 has it.
 *
 * @param ifMatch a tag what is there must have, or {@code *} where anything must be there
 * @param ifNoneMatch tags what is there must not have, or {@code *} where nothing may be there
 */
public record Precondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

  private static final String ANY = "*";

  /** On nothing. */
  public static final Precondition NONE = new Precondition(null, null);

  static Precondition match(@Nullable String ifMatch) {
    return new Precondition(ifMatch, null);
  }

  boolean holds(Optional<Document> there) {
    boolean asWanted =
        ifMatch == null
            || there.map(it -> ifMatch.equals(ANY) || ifMatch.equals(it.etag())).orElse(false);
    return asWanted && there.map(this::notMatched).orElse(true);
  }

  private boolean notMatched(Document there) {
    return ifNoneMatch == null
        || Arrays.stream(ifNoneMatch.split(",", -1))
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .noneMatch(tag -> tag.equals(ANY) || tag.equals(there.etag()));
  }
}
