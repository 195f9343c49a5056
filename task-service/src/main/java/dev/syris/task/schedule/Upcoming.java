package dev.syris.task.schedule;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** When a schedule will be due. Pure. */
final class Upcoming {

  private Upcoming() {}

  /**
   * {@code {timezone, items: [time…], local: [time with its offset…], next_cursor}}.
   *
   * @param first the first slot; null where there is none
   */
  static ObjectNode of(Plan plan, Recurrence recurrence, @Nullable Instant first, int count) {
    ObjectNode answer = Json.object().put("timezone", plan.when().zone().getId());
    ArrayNode items = answer.putArray("items");
    ArrayNode local = answer.putArray("local");
    Optional<Instant> slot = Optional.ofNullable(first);
    while (slot.isPresent() && items.size() < count) {
      items.add(InstantCodec.format(slot.get()));
      local.add(
          slot.get()
              .atZone(plan.when().zone())
              .toOffsetDateTime()
              .truncatedTo(ChronoUnit.SECONDS)
              .toString());
      slot = recurrence.after(slot.get());
    }
    answer.putNull("next_cursor");
    return answer;
  }
}
