package dev.syris.task.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolRegistry.Lookup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    assertThat(before).isInstanceOf(Lookup.Found.class);
    assertThat(after).isEqualTo(new Lookup.NoSuchTool(List.of()));
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
