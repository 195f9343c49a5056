package dev.syris.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CursorLawsTest {

  @Property(tries = 200)
  void shouldCarryAnyKeyThereAndBack(@ForAll long sequence, @ForAll String tool) {
    // Given
    Map<String, String> filters = Map.of("tool", tool);
    // When
    String cursor = Cursor.write(Collections.AUDIT, filters, List.of(Long.toString(sequence)));
    // Then
    assertThat(Cursor.read(cursor, Collections.AUDIT, filters)).containsExactly(sequence);
  }

  @Property(tries = 500)
  void shouldRefuseAnyOtherText(@ForAll String text) {
    // When / Then
    assertThatThrownBy(() -> Cursor.read(text, Collections.AUDIT, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
