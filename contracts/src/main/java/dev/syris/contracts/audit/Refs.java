package dev.syris.contracts.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The things an audit record is about, by the name of their id field. Immutable. */
public record Refs(@JsonValue Map<String, String> values) {

  public static final Refs NONE = new Refs(Map.of());

  @JsonCreator
  public Refs(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  public static Refs event(@Nullable EventId id) {
    return NONE.with("event_id", id);
  }

  public Refs toolCall(@Nullable ToolCallId id) {
    return with("tool_call_id", id);
  }

  /** The same with one more; a missing id adds nothing. */
  public Refs with(String name, @Nullable Object id) {
    if (id == null) {
      return this;
    }
    var more = new TreeMap<>(values);
    more.put(name, id.toString());
    return new Refs(more);
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }
}
