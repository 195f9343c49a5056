package dev.syris.task.tool;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools that can be called now. They come and go; a call is judged by what it finds.
 * Thread-safe.
 */
public final class ToolRegistry {

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final ToolWatch watch;
  private final AnswerGuard guard;

  public ToolRegistry() {
    this(ToolWatch.NONE, AnswerGuard.NONE);
  }

  public ToolRegistry(ToolWatch watch, AnswerGuard guard) {
    this.watch = watch;
    this.guard = guard;
  }

  /**
   * A tool as it was when it came: what is judged and what is shown are one definition.
   *
   * @param here false once it has gone
   */
  private record Entry(
      ToolProvider provider,
      ToolDefinition definition,
      Map<String, ToolAction> actions,
      Tool described,
      boolean here) {

    Entry gone() {
      return new Entry(provider, definition, actions, described, false);
    }
  }

  /**
   * One action.
   *
   * @param bar why it can't be called now: its tool has gone, or the operator has disabled it
   */
  public record Registered(
      ActionDefinition definition,
      ToolAction action,
      String target,
      String version,
      @Nullable String integration,
      @Nullable ErrorDetail bar) {

    /** An action that may be called, of a tool that stays in the house. */
    public Registered(
        ActionDefinition definition, ToolAction action, String target, String version) {
      this(definition, action, target, version, null, null);
    }

    /** What a call would send; nothing where the tool can't show it. */
    public Optional<Preview> preview(Invocation invocation) {
      return action instanceof Previewing previewing
          ? Optional.of(previewing.preview(invocation))
          : Optional.empty();
    }

    /** The same with another limit on how long a call may take. */
    public Registered within(Duration timeout) {
      return new Registered(definition.within(timeout), action, target, version, integration, bar);
    }
  }

  /** What looking for an action finds. */
  public sealed interface Lookup {
    record Found(Registered registered) implements Lookup {}

    record NoSuchTool(List<String> known) implements Lookup {}

    record NoSuchAction(List<String> known) implements Lookup {}
  }

  /**
   * Adds a tool, or puts a new definition in place of the one with that name.
   *
   * @throws IllegalArgumentException where an action has no code, or code has no action
   */
  public void register(ToolProvider provider) {
    ToolDefinition definition = provider.definition();
    List<String> declared =
        definition.actions().stream().map(ActionDefinition::name).sorted().toList();
    Map<String, ToolAction> actions = Map.copyOf(provider.actions());
    List<String> coded = actions.keySet().stream().sorted().toList();
    if (!declared.equals(coded)) {
      throw new IllegalArgumentException(
          "tool %s declares the actions %s and carries out %s"
              .formatted(definition.tool(), declared, coded));
    }
    Set<String> previewing =
        actions.entrySet().stream()
            .filter(action -> action.getValue() instanceof Previewing)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Tool described = definition.describe(Tool.AVAILABLE, previewing);
    entries.put(definition.tool(), new Entry(provider, definition, actions, described, true));
  }

  /** The tool has gone; calls to it fail at once until it is back. */
  public void unregister(String tool) {
    entries.computeIfPresent(tool, (_, entry) -> entry.gone());
  }

  /**
   * The action as it is for these arguments, whether they fit it or not: for judging and carrying
   * out a call.
   */
  public Lookup find(String tool, String action, ObjectNode args) {
    return switch (find(tool, action)) {
      case Lookup.Found(var found) ->
          new Lookup.Found(
              new Registered(
                  found.definition().given(args),
                  found.action(),
                  target(tool, action, args),
                  found.version(),
                  found.integration(),
                  found.bar()));
      case Lookup.NoSuchTool none -> none;
      case Lookup.NoSuchAction none -> none;
    };
  }

  /** The action as it is declared: risk and effect are those of its worst arguments. */
  public Lookup find(String tool, String action) {
    Entry entry = entries.get(tool);
    if (entry == null) {
      return new Lookup.NoSuchTool(all().stream().map(Tool::tool).toList());
    }
    ToolDefinition tooled = entry.definition();
    Optional<ActionDefinition> definition = tooled.action(action);
    ToolAction code = entry.actions().get(action);
    if (definition.isEmpty() || code == null) {
      return new Lookup.NoSuchAction(entry.actions().keySet().stream().sorted().toList());
    }
    return new Lookup.Found(
        new Registered(
            definition.get(),
            new Watched(tooled, definition.get(), watch, guard).of(code),
            entry.described().target(),
            entry.described().version(),
            tooled.integration() == null ? null : tooled.integration().id(),
            entry.here() ? watch.bar(tooled) : gone(tool)));
  }

  private String target(String tool, String action, ObjectNode args) {
    Entry entry = entries.get(tool);
    if (entry == null) {
      return tool;
    }
    String target = entry.provider().target(action, args);
    return target == null ? entry.definition().target() : target;
  }

  private static ErrorDetail gone(String tool) {
    return ErrorDetail.retryable(
        "tool.unavailable", "%s is not there now; it was before".formatted(tool));
  }

  /** The ways outside of all tools that are here. */
  public Set<ToolDefinition.IntegrationDefinition> integrations() {
    return entries.values().stream()
        .filter(Entry::here)
        .flatMap(entry -> Stream.ofNullable(entry.definition().integration()))
        .collect(Collectors.toSet());
  }

  /** All that are here, by name. */
  public List<Tool> all() {
    var all = new TreeMap<String, Tool>();
    entries.forEach(
        (name, entry) -> {
          if (entry.here()) {
            all.put(name, entry.described());
          }
        });
    return List.copyOf(all.values());
  }
}
