package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What a folder of rules would change. Pure. */
final class RulePlan {

  private RulePlan() {}

  /** What is done about one rule. */
  enum What {
    CREATE,
    REPLACE,
    DELETE,
    /** It is as the file says. */
    KEEP,
    /** It has no file, and stays. */
    LEAVE;

    String shown() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One rule.
   *
   * @param version it has now; 0 where it is new
   * @param wanted what it is to be; empty where it is to go or stay
   * @param members what of it changes; empty but where it is replaced
   */
  record Change(What what, String id, long version, ObjectNode wanted, Set<String> members) {
    boolean isNothing() {
      return what == What.KEEP || what == What.LEAVE;
    }

    /** One line of the plan. */
    String shown() {
      String of = members.isEmpty() ? "" : " (" + String.join(", ", members) + ")";
      return "%-10s %s%s".formatted(what.shown(), id, of);
    }
  }

  /** In the order of their ids. */
  static List<Change> of(
      Map<String, RuleFiles.Kept> now, Map<String, ObjectNode> wanted, boolean prune) {
    var ids = new TreeSet<>(now.keySet());
    ids.addAll(wanted.keySet());
    var plan = new ArrayList<Change>();
    for (String id : ids) {
      RuleFiles.Kept kept = now.get(id);
      ObjectNode file = wanted.get(id);
      if (file != null) {
        plan.add(kept == null ? made(id, file) : compared(id, kept, file));
      } else if (kept != null) {
        What what = prune ? What.DELETE : What.LEAVE;
        plan.add(new Change(what, id, kept.version(), Json.object(), Set.of()));
      }
    }
    return plan;
  }

  private static Change made(String id, ObjectNode file) {
    return new Change(What.CREATE, id, 0, file, Set.of());
  }

  private static Change compared(String id, RuleFiles.Kept kept, ObjectNode file) {
    var members = new TreeSet<String>(kept.written().propertyNames());
    members.addAll(file.propertyNames());
    members.removeIf(name -> file.path(name).equals(kept.written().path(name)));
    What what = members.isEmpty() ? What.KEEP : What.REPLACE;
    return new Change(what, id, kept.version(), file, members);
  }
}
