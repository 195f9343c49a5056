package dev.syris.task.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.platform.problem.ProblemException.FieldError;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PlanReaderTest {

  private final PlanReader reader = new PlanReader(ZoneId.of("Europe/Berlin"));

  @Test
  void shouldFillInTheDefaults() {
    // When
    var read = reader.read(json("{'name':'n','type':'cron','spec':'0 7 * * *'}"));
    // Then
    assertThat(read)
        .isInstanceOfSatisfying(
            PlanReader.Reading.Accepted.class,
            accepted ->
                assertThat(accepted.body())
                    .isEqualTo(
                        json(
                            "{'name':'n','type':'cron','spec':'0 7 * * *','enabled':true,'timezone':'Europe/Berlin',"
                                + "'catch_up_policy':'run_once','overlap_policy':'allow','payload':{}}")));
  }

  @Test
  void shouldReadItselfAgain() {
    // Given
    ObjectNode given =
        json(
            "{'name':'n','type':'interval','spec':30,'catch_up_policy':'run_all_capped','catch_up_cap':3,"
                + "'catch_up_window':'90m','next_run_at':'2026-01-01T00:00:00.000Z','version':3}");
    // When
    var first = (PlanReader.Reading.Accepted) reader.read(given);
    var second = (PlanReader.Reading.Accepted) reader.read(first.body());
    // Then
    assertThat(second).isEqualTo(first);
    assertThat(first.plan().catchUp())
        .isEqualTo(new CatchUp(CatchUp.Policy.RUN_ALL_CAPPED, 3, Duration.ofMinutes(90)));
    assertThat(first.plan().when().spec()).isEqualTo("30");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'cron','spec':'* * * * *'}|/name",
        "{'name':'n','spec':'* * * * *'}|/type",
        "{'name':'n','type':'hourly','spec':'* * * * *'}|/type",
        "{'name':'n','type':'cron'}|/spec",
        "{'name':'n','type':'cron','spec':'* * * *'}|/spec",
        "{'name':'n','type':'cron','spec':'0 * * * * *'}|/spec",
        "{'name':'n','type':'cron','spec':'60 * * * *'}|/spec",
        "{'name':'n','type':'cron','spec':'0 0 L * *'}|/spec",
        "{'name':'n','type':'cron','spec':'0 0 15W * *'}|/spec",
        "{'name':'n','type':'cron','spec':'0 0 * * MON#2'}|/spec",
        "{'name':'n','type':'cron','spec':'0 0 * * 5L'}|/spec",
        "{'name':'n','type':'cron','spec':'0 0 ? * *'}|/spec",
        "{'name':'n','type':'cron','spec':'5/10 * * * *'}|/spec",
        "{'name':'n','type':'cron','spec':'*/0 * * * *'}|/spec",
        "{'name':'n','type':'cron','spec':'10-5 * * * *'}|/spec",
        "{'name':'n','type':'cron','spec':'@reboot'}|/spec",
        "{'name':'n','type':'cron','spec':','}|/spec",
        "{'name':'n','type':'interval','spec':'0'}|/spec",
        "{'name':'n','type':'interval','spec':'-5'}|/spec",
        "{'name':'n','type':'interval','spec':'1.5'}|/spec",
        "{'name':'n','type':'interval','spec':'99999999999'}|/spec",
        "{'name':'n','type':'interval','spec':true}|/spec",
        "{'name':'n','type':'one_shot','spec':'tomorrow'}|/spec",
        "{'name':'n','type':'cron','spec':'* * * * *','timezone':'Mars/Olympus'}|/timezone",
        "{'name':'n','type':'cron','spec':'* * * * *','payload':[]}|/payload",
        "{'name':'n','type':'cron','spec':'* * * * *','payload':{'txt':'x'}}|/payload/txt",
        "{'name':'n','type':'cron','spec':'* * * * *','payload':{'text':5}}|/payload/text",
        "{'name':'n','type':'cron','spec':'* * * * *','catch_up_policy':'all'}|/catch_up_policy",
        "{'name':'n','type':'cron','spec':'* * * * *','catch_up_cap':3}|/catch_up_cap",
        "{'name':'n','type':'cron','spec':'* * * * *','catch_up_window':'soon'}|/catch_up_window",
        "{'name':'n','type':'cron','spec':'* * * * *','catch_up_window':-1}|/catch_up_window",
        "{'name':'n','type':'cron','spec':'* * * * *','overlap_policy':'none'}|/overlap_policy",
        "{'name':'n','type':'cron','spec':'* * * * *','colour':'red'}|/colour",
      })
  void shouldPointAtWhatIsWrong(String schedule, String pointer) {
    // When
    var read = reader.read(json(schedule));
    // Then
    assertThat(read)
        .isInstanceOfSatisfying(
            PlanReader.Reading.Rejected.class,
            rejected ->
                assertThat(rejected.errors()).extracting(FieldError::pointer).contains(pointer));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }
}
