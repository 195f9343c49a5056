package dev.syris.task.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.task.support.Requests;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ActionDefinition.Traits;
import dev.syris.task.tool.ToolRegistry.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ToolRegistryTest {

  private final ToolRegistry registry = new ToolRegistry();

  @Test
  void shouldFindAToolWhileItIsHereAndNotAfterwards() {
    // Given
    registry.register(ScriptedTool.of("lamp", Effect.ONCE));
    // When
    Lookup before = registry.find("lamp", "go");
    registry.unregister("lamp");
    Lookup after = registry.find("lamp", "go");
    // Then
    assertThat(barOf(before)).isEmpty();
    assertThat(barOf(after)).isEqualTo("tool.unavailable");
    assertThat(registry.all()).isEmpty();
    assertThat(registry.find("door", "go")).isEqualTo(new Lookup.NoSuchTool(List.of()));
  }

  @Test
  void shouldChangeTheVersionWhenAndOnlyWhenTheDefinitionChanges() {
    // When
    String first = version(ScriptedTool.of("lamp", Effect.ONCE, "light"));
    String same = version(ScriptedTool.of("lamp", Effect.ONCE, "light"));
    String other = version(ScriptedTool.of("lamp", Effect.IDEMPOTENT, "light"));
    // Then
    assertThat(first).hasSize(64).isEqualTo(same).isNotEqualTo(other);
  }

  @Test
  void shouldRefuseAToolWhoseActionsHaveNoCode() {
    // Given
    ToolDefinition definition = ScriptedTool.of("lamp", Effect.ONCE).definition();
    // When / Then
    assertThatThrownBy(() -> registry.register(provider(definition, Map.of())))
        .hasMessage("tool lamp declares the actions [go] and carries out []");
  }

  @Test
  void shouldTellRiskAndEffectOfTheArgumentsAndDeclareTheWorst() {
    // Given
    var look = new Traits(RiskLevel.LOW, Effect.READ_ONLY);
    var act = new Traits(RiskLevel.MEDIUM, Effect.ONCE);
    var schema = InputSchema.parse("{\"type\": \"object\", \"additionalProperties\": false}");
    var action =
        new ActionDefinition(
            "go",
            act.risk(),
            List.of(),
            act.effect(),
            Duration.ofSeconds(1),
            schema,
            args -> args.has("look") ? look : act);
    ToolAction.Calling nothing = _ -> new ToolAnswer.Succeeded(Json.object(), "Done");
    registry.register(
        provider(new ToolDefinition("door", "door", List.of(action)), Map.of("go", nothing)));
    // When
    ActionDefinition looking = found(Json.object().put("look", true));
    ActionDefinition acting = found(Json.object());
    // Then
    assertThat(new Traits(looking.risk(), looking.effect())).isEqualTo(look);
    assertThat(new Traits(acting.risk(), acting.effect())).isEqualTo(act);
    assertThat(registry.all().getFirst().actions().getFirst().idempotent()).isFalse();
  }

  @Test
  void shouldShowWhatAnActionWouldDoWhereItCan() {
    // Given
    ToolDefinition definition = ScriptedTool.of("lamp", Effect.ONCE).definition();
    ToolAction.Calling go = _ -> new ToolAnswer.Succeeded(Json.object(), "Done");
    ToolAction shown = Previewing.calling(by -> Preview.of(by.args()), go);
    var call = invocation("{\"n\": 1}");
    // When
    registry.register(provider(definition, Map.of("go", shown)));
    Optional<Preview> preview = registered("lamp").preview(call);
    boolean declared = registry.all().getFirst().actions().getFirst().supportsPreview();
    registry.register(provider(definition, Map.of("go", go)));
    // Then
    assertThat(preview).contains(Preview.of(call.args()));
    assertThat(declared).isTrue();
    assertThat(registered("lamp").preview(call)).isEmpty();
    assertThat(registry.all().getFirst().actions().getFirst().supportsPreview()).isFalse();
  }

  private ToolRegistry.Registered registered(String tool) {
    return ((Lookup.Found) registry.find(tool, "go")).registered();
  }

  private static Invocation invocation(String args) {
    var request = Requests.noop(args);
    return new Invocation(
        request.toolCallId(), request.traceId(), null, request.args(), "key", 0, Instant.EPOCH);
  }

  private static String barOf(Lookup lookup) {
    var bar = ((Lookup.Found) lookup).registered().bar();
    return bar == null ? "" : bar.code();
  }

  private ActionDefinition found(ObjectNode args) {
    return ((Lookup.Found) registry.find("door", "go", args)).registered().definition();
  }

  private static ToolProvider provider(ToolDefinition definition, Map<String, ToolAction> actions) {
    return new ToolProvider() {
      @Override
      public ToolDefinition definition() {
        return definition;
      }

      @Override
      public Map<String, ToolAction> actions() {
        return actions;
      }
    };
  }

  private String version(ToolProvider tool) {
    registry.register(tool);
    return registry.all().getFirst().version();
  }
}
