package dev.syris.rules.match;

import dev.syris.rules.condition.Check;
import dev.syris.rules.condition.Condition;
import dev.syris.rules.condition.Scalar;
import dev.syris.rules.path.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be the case for a condition to hold at all, as far as an index can tell. A gate is a
 * set of equalities of which at least one holds whenever the condition does; a condition may have
 * several, of which each is enough to look it up by. Pure.
 */
final class Gates {

  private Gates() {}

  /** A value at a path. */
  record Posting(FieldPath path, Scalar value) {}

  /** The gates of a condition; none where any event might pass. */
  static List<Set<Posting>> of(Condition condition) {
    return switch (condition) {
      case Condition.Field(FieldPath path, Check.Equal(Scalar to)) ->
          List.of(Set.of(new Posting(path, to)));
      case Condition.Field(FieldPath path, Check.OneOf(Set<Scalar> scalars)) ->
          List.of(
              scalars.stream()
                  .map(scalar -> new Posting(path, scalar))
                  .collect(Collectors.toUnmodifiableSet()));
      case Condition.All(List<Condition> conditions) ->
          conditions.stream().flatMap(part -> of(part).stream()).toList();
      case Condition.Any(List<Condition> conditions) -> ofAny(conditions);
      default -> List.of();
    };
  }

  /** One of several holds: whichever it is, its gate is passed, so the gate is all of theirs. */
  private static List<Set<Posting>> ofAny(List<Condition> conditions) {
    var together = new HashSet<Posting>();
    for (Condition condition : conditions) {
      var smallest = new ArrayList<>(of(condition));
      if (smallest.isEmpty()) {
        return List.of();
      }
      smallest.sort(Comparator.comparingInt(Set::size));
      together.addAll(smallest.getFirst());
    }
    return List.of(Set.copyOf(together));
  }
}
