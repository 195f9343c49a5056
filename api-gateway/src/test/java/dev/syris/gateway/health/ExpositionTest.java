package dev.syris.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {

  private final Exposition all = new Exposition();

  @Test
  void shouldNameTheServiceAndKeepAFamilyTogether() {
    // Given
    String meters =
        """
        # HELP calls_total calls {so far}
        # TYPE calls_total counter
        calls_total{tool="a } b\\"",status="ok"} 3.0
        calls_total 1.0 1700000000000
        """;
    // When
    all.addOf("task", meters);
    all.addOf("ingest", meters);
    // Then
    assertThat(all.text())
        .isEqualTo(
            """
            # HELP calls_total calls {so far}
            # TYPE calls_total counter
            calls_total{tool="a } b\\"",status="ok",service="task"} 3.0
            calls_total{service="task"} 1.0 1700000000000
            calls_total{tool="a } b\\"",status="ok",service="ingest"} 3.0
            calls_total{service="ingest"} 1.0 1700000000000
            """);
  }

  @Test
  void shouldKeepWhatBelongsToOneSummaryTogether() {
    // Given
    String meters =
        """
        # TYPE wait_seconds summary
        wait_seconds{quantile="0.5"} NaN
        wait_seconds_count 0
        wait_seconds_sum 0.0
        # TYPE wait_seconds_max gauge
        wait_seconds_max +Inf
        """;
    // When
    all.add(meters);
    // Then
    assertThat(all.text()).isEqualTo(meters);
  }

  @Test
  void shouldLeaveOutWhatCountsSomethingElseUnderTheSameName() {
    // When
    all.add("# TYPE lag gauge\nlag 1.0\n");
    all.addOf("task", "# TYPE lag counter\nlag 2.0\n# TYPE more gauge\nmore 3.0\n");
    // Then
    assertThat(all.text())
        .isEqualTo("# TYPE lag gauge\nlag 1.0\n# TYPE more gauge\nmore{service=\"task\"} 3.0\n");
  }

  @Test
  void shouldLeaveOutLinesThatAreNoMeters() {
    // When
    all.addOf("task", "<html>\n# EOF\nup\nup one\n{a=\"b\"} 1\nup 1\n");
    // Then
    assertThat(all.text()).isEqualTo("up{service=\"task\"} 1\n");
  }
}
