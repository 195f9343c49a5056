package dev.syris.task.watch;

import dev.syris.contracts.json.Json;
import dev.syris.task.alarm.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at the system itself: each check says all that is wrong of its type, so an alarm is raised
 * when it begins to be and resolved when it is no more. What one check can't see harms no other.
 */
final class SystemWatcher implements Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(SystemWatcher.class);
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final List<Check> checks;

  SystemWatcher(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  @Override
  public String id() {
    return "system";
  }

  @Override
  public String type() {
    return "system";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public Tick tick(Look look) {
    Map<String, List<Finding>> found = new TreeMap<>();
    List<String> blind = new ArrayList<>();
    for (Check check : checks) {
      try {
        Optional<List<Finding>> findings = check.look(look.now());
        findings.ifPresent(wrong -> found.put(check.type(), wrong));
      } catch (RuntimeException e) {
        LOG.debug("{} can't be checked", check.type(), e);
        blind.add(check.type());
      }
    }
    long wrong = found.values().stream().mapToLong(List::size).sum();
    String summary = wrong == 0 ? "nothing is wrong" : "%d things are wrong".formatted(wrong);
    if (!blind.isEmpty()) {
      summary += "; can't be told: " + String.join(", ", blind);
    }
    ObjectNode state = Json.object().put("wrong", wrong);
    blind.forEach(state.withArray("/blind")::add);
    return new Tick(blind.isEmpty() ? "ok" : "partial", summary, state, List.of(), found);
  }
}
