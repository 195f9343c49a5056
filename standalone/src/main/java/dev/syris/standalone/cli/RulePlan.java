package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
   */
  record Change(What what, String id, long version, ObjectNode wanted) {
    boolean isNothing() {
      return what == What.KEEP || what == What.LEAVE;
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
      if (file == null && kept != null) {
        plan.add(new Change(prune ? What.DELETE : What.LEAVE, id, kept.version(), Json.object()));
      } else if (file != null && kept == null) {
        plan.add(new Change(What.CREATE, id, 0, file));
      } else if (file != null && kept != null) {
        boolean same = kept.written().equals(file);
        plan.add(new Change(same ? What.KEEP : What.REPLACE, id, kept.version(), file));
      }
    }
    return plan;
  }
}
