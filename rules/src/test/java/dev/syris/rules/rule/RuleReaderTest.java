package dev.syris.rules.rule;

import static dev.syris.rules.rule.TestRules.complete;
import static dev.syris.rules.rule.TestRules.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.Channel;
import dev.syris.contracts.json.Json;
import dev.syris.rules.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class RuleReaderTest {

  @Test
  void shouldReadEverythingThereIs() {
    // When
    Rule rule =
        TestRules.rule(
            "hall.light",
            3,
            """
            {'name':'Light in the hall','enabled':false,'priority':-5,
             'conditions':{'all':[{'field':'source.channel','op':'eq','value':'ha_event'}]},
             'actions':[
               {'type':'emit_event','channel':'mqtt','structured':{'of':'${content.structured}'},'text':'t ${event_id}'},
               {'type':'emit_event','text':'only words'},
               {'type':'start_task','template':'night','input':{'a':'${actor.id}'}},
               {'type':'call_tool','tool':'mcp.home','action':'turn on','args':{'id':1}},
               {'type':'notify','message':'${content.text}','target':'phone','urgency':'high'}],
             'key':'${content.structured.id}','debounce_ms':1000,'dedupe_window_ms':2000,
             'dedupe_key':'${content.text}','quiet_hours_policy_id':'night','max_per_minute':7}
            """);

    // Then
    assertThat(rule.ruleId()).isEqualTo("hall.light");
    assertThat(rule.version()).isEqualTo(3);
    assertThat(rule.enabled()).isFalse();
    assertThat(rule.priority()).isEqualTo(-5);
    assertThat(rule.actions())
        .extracting(RuleAction::type)
        .containsExactly("emit_event", "emit_event", "start_task", "call_tool", "notify");
    assertThat(((RuleAction.EmitEvent) rule.actions().getFirst()).channel())
        .isEqualTo(Channel.MQTT);
    assertThat(((RuleAction.EmitEvent) rule.actions().get(1)).channel())
        .isEqualTo(Channel.RULE_ENGINE);
    assertThat(rule.restraint().debounceMs()).isEqualTo(1000);
    assertThat(rule.restraint().dedupeWindowMs()).isEqualTo(2000);
    assertThat(rule.restraint().quietHours()).isEqualTo("night");
    assertThat(rule.restraint().maxPerMinute()).isEqualTo(7);
  }

  @Test
  void shouldFillInWhatIsLeftOut() {
    // When
    Rule rule = TestRules.rule("{'debounce_ms':null}");

    // Then
    assertThat(rule.restraint()).isEqualTo(Restraint.NONE);
    assertThat(rule.written().propertyNames())
        .containsExactly(
            "rule_id", "version", "name", "enabled", "priority", "conditions", "actions");
  }

  @Test
  void shouldReadAgainWhatItWrote() {
    // Given
    Rule rule = TestRules.rule("r", 12, "{'key':'${actor.id}','debounce_ms':5}");

    // When
    RuleReading again = RuleReader.readStored(rule.written());

    // Then
    assertThat(((RuleReading.Accepted) again).rule().written()).isEqualTo(rule.written());
    assertThat(((RuleReading.Accepted) again).rule().version()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {'name':null}                                       | /name                  | is required: a name
          {'name':' '}                                        | /name                  | is " "; it must be a name
          {'name':7}                                          | /name                  | is the number 7
          {'conditions':null}                                 | /conditions            | is required: an object
          {'conditions':[]}                                   | /conditions            | is a list; a condition
          {'conditions':{'all':[{'field':'a','op':'=='}]}}    | /conditions/all/0/op   | is "=="; it must be one of eq
          {'conditions':{'field':'a.b.c.d.e.f.g.h.i.j.k','op':'exists'}} | /conditions/field | has 11 segments
          {'actions':null}                                    | /actions               | is required: a list of 1 to 20 actions
          {'actions':[]}                                      | /actions               | is a list of 0; it must be a list of 1 to 20
          {'actions':{}}                                      | /actions               | is an object
          {'actions':['x']}                                   | /actions/0             | is "x"; an action is an object
          {'actions':[{}]}                                    | /actions/0/type        | is required: one of emit_event
          {'actions':[{'type':'exec'}]}                       | /actions/0/type        | is "exec"; it must be one of
          {'actions':[{'type':'emit_event'}]}                 | /actions/0/structured  | is required
          {'actions':[{'type':'emit_event','structured':[]}]} | /actions/0/structured  | is a list; it must be an object
          {'actions':[{'type':'emit_event','text':'x','channel':'scheduler'}]} | /actions/0/channel | is "scheduler"; it must be rule_engine or one of email
          {'actions':[{'type':'emit_event','text':'x','channel':'watcher'}]}   | /actions/0/channel | is "watcher"
          {'actions':[{'type':'emit_event','text':'x','channel':7}]}           | /actions/0/channel | is the number 7
          {'actions':[{'type':'emit_event','text':'x','trace_id':7}]}          | /actions/0/trace_id | is not known; emit_event has
          {'actions':[{'type':'start_task'}]}                 | /actions/0/template    | is required
          {'actions':[{'type':'start_task','template':'${content.text}'}]} | /actions/0/template | without ${…}
          {'actions':[{'type':'start_task','template':'t','input':1}]} | /actions/0/input | is the number 1; it must be an object
          {'actions':[{'type':'call_tool','tool':'t'}]}       | /actions/0/action      | is required
          {'actions':[{'type':'call_tool','tool':'${actor.id}','action':'a'}]} | /actions/0/tool | without ${…}
          {'actions':[{'type':'call_tool','tool':'t','action':'a','args':{'x':'${nope}'}}]} | /actions/0/args/x | refers to ${nope}, which no event has; it has actor, content
          {'actions':[{'type':'call_tool','tool':'t','action':'a','args':{'x':'${content.nope}'}}]} | /actions/0/args/x | content has no "nope", only
          {'actions':[{'type':'call_tool','tool':'t','action':'a','args':{'x':'${event_id.x}'}}]} | /actions/0/args/x | event_id has no parts
          {'actions':[{'type':'call_tool','tool':'t','action':'a','args':{'x':'${actor.id.x}'}}]} | /actions/0/args/x | actor.id has no parts
          {'actions':[{'type':'call_tool','tool':'t','action':'a','args':{'x':'${'}}]} | /actions/0/args/x | has a ${ that is not closed
          {'actions':[{'type':'notify','message':'m'}]}       | /actions/0/target      | is required: whom to tell
          {'actions':[{'type':'notify','target':'t'}]}        | /actions/0/message     | is required: what to tell
          {'actions':[{'type':'notify','message':'m','target':'t','urgency':'x'}]} | /actions/0/urgency | is "x"; it must be normal or high
          {'enabled':'yes'}                                   | /enabled               | is "yes"; it must be true or false
          {'priority':1.5}                                    | /priority              | whole number from -1000 to 1000
          {'debounce_ms':-1}                                  | /debounce_ms           | is the number -1; it must be a whole number from 0
          {'debounce_ms':86400001}                            | /debounce_ms           | from 0 to 86400000
          {'debounce_ms':'1s'}                                | /debounce_ms           | is "1s"
          {'debounce_ms':1e40}                                | /debounce_ms           | it must be a whole number
          {'dedupe_window_ms':604800001}                      | /dedupe_window_ms      | from 0 to 604800000
          {'dedupe_key':'x'}                                  | /dedupe_key            | has no effect without a dedupe_window_ms
          {'key':7}                                           | /key                   | is the number 7; it must be a text
          {'key':'${secret.x}'}                               | /key                   | refers to ${secret.x}, which no event has
          {'max_per_minute':0}                                | /max_per_minute        | from 1 to 6000
          {'quiet_hours_policy_id':7}                         | /quiet_hours_policy_id | is the number 7
          {'for':'5m'}                                        | /for                   | is not known; a rule has actions, conditions
          {'mode':'queued'}                                   | /mode                  | is not known
          {'a/b~':1}                                          | /a~1b~0                | is not known
          {'rule_id':'other'}                                 | /rule_id               | is "other"; the rule here is "rule-1"
          {'rule_id':'a b'}                                   | /rule_id               | it must be an id of 1 to 64
          {'name':'\\u0000'}                                  |                        | holds U+0000
          """)
  void shouldSayWhatIsWrongAndWhere(String json, String pointer, String message) {
    // When
    List<Problem> problems = problems(complete(json));

    // Then
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.pointer()).isEqualTo(pointer == null ? "" : pointer);
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void shouldRefuseWhatIsTooMuch() {
    // Given
    ObjectNode many = (ObjectNode) complete("{}");
    ArrayNode actions = many.putArray("actions");
    for (int i = 0; i <= Rule.MAX_ACTIONS; i++) {
      actions.add(json("{'type':'call_tool','tool':'t','action':'a'}"));
    }
    var large = (ObjectNode) complete("{}");
    large.set(
        "actions",
        Json.mapper()
            .createArrayNode()
            .add(
                Json.object()
                    .put("type", "emit_event")
                    .set("structured", Json.object().put("x", "x".repeat(Rule.MAX_BYTES)))));

    // When / Then
    assertThat(problems(many).getFirst().message()).contains("is a list of 21");
    assertThat(problems(large).getFirst().message()).contains("at most 65536 are taken");
    assertThat(problems(json("[]")).getFirst().message()).contains("a rule is an object");
  }

  @Test
  void shouldNeedIdAndVersionOfWhatIsStored() {
    // When
    var rejected = (RuleReading.Rejected) RuleReader.readStored(complete("{}"));

    // Then
    assertThat(rejected.problems())
        .extracting(Problem::pointer)
        .containsExactly("/rule_id", "/version");
  }

  private static List<Problem> problems(JsonNode json) {
    return RuleReader.read(json, "rule-1", 1) instanceof RuleReading.Rejected(var problems)
        ? problems
        : List.of();
  }
}
