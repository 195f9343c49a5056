package dev.syris.task.integration;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolDefinition.IntegrationDefinition;
import dev.syris.task.tool.ToolWatch;
import dev.syris.task.web.EntityTag;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is disabled and how tools fare, in memory for the runtime and in the database for readers
 * and for other instances. What the operator switches holds here at once, elsewhere within a
 * second. Thread-safe.
 */
final class Integrations implements ToolWatch {

  private final IntegrationTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final InstantSource clock;
  private final String instance;
  private final Map<String, Fare> fares = new ConcurrentHashMap<>();
  private final Set<String> unwritten = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Set<String> disabled;

  Integrations(
      IntegrationTable table,
      TransactionTemplate transaction,
      Outbox outbox,
      InstantSource clock,
      String instance) {
    this.table = table;
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
    this.instance = instance;
  }

  /** Asks the database the first time, so that nothing disabled is called in the first moments. */
  @Override
  public @Nullable ErrorDetail bar(ToolDefinition tool) {
    IntegrationDefinition integration = tool.integration();
    if (integration == null) {
      return null;
    }
    Set<String> known = disabled;
    if (known == null) {
      known = refresh();
    }
    return known.contains(integration.id())
        ? ErrorDetail.permanent(
            "tool.disabled",
            "%s is disabled with the integration %s; PATCH /integrations/%s enables it"
                .formatted(tool.tool(), integration.id(), integration.id()))
        : null;
  }

  @Override
  public void answered(ToolDefinition tool, ToolAnswer answer) {
    fares.compute(
        tool.tool(),
        (_, before) -> (before == null ? Fare.UNTRIED : before).after(answer, clock.instant()));
    unwritten.add(tool.tool());
  }

  void add(Collection<IntegrationDefinition> integrations) {
    integrations.forEach(integration -> table.add(integration, clock.instant()));
  }

  /** Takes up what other instances switched, and writes what has changed here. */
  void exchange() {
    refresh();
    for (String tool : List.copyOf(unwritten)) {
      unwritten.remove(tool);
      Fare fare = fares.get(tool);
      if (fare != null) {
        write(tool, fare);
      }
    }
  }

  private void write(String tool, Fare fare) {
    try {
      table.fared(tool, instance, fare);
    } catch (RuntimeException e) {
      unwritten.add(tool);
      throw e;
    }
  }

  /** One at a time, so that what was read earlier never replaces what was read later. */
  private synchronized Set<String> refresh() {
    Set<String> now = table.disabled();
    disabled = now;
    return now;
  }

  /** An integration as it is now. */
  record Switched(long version, String body) {}

  /**
   * Switches one, says so, and answers its record; empty where there is none of that name.
   *
   * @param ifMatch the version it is for; null where any will do
   */
  Optional<Switched> enable(
      String integrationId, boolean enabled, @Nullable String ifMatch, IntegrationAudit.Deed deed) {
    Optional<Switched> answer =
        transaction.execute(
            _ ->
                table
                    .lock(integrationId)
                    .map(version -> change(integrationId, enabled, version, ifMatch, deed)));
    refresh();
    return answer == null ? Optional.empty() : answer;
  }

  private Switched change(
      String integrationId,
      boolean enabled,
      long version,
      @Nullable String ifMatch,
      IntegrationAudit.Deed deed) {
    EntityTag.check(ifMatch, version, "the integration");
    table.enable(integrationId, enabled, deed.at());
    outbox.append(List.of(IntegrationAudit.switched(integrationId, enabled, deed)));
    return new Switched(version + 1, table.describe(integrationId).orElseThrow());
  }
}
