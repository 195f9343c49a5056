package dev.syris.system;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Tasks of two or three steps, each of which sends one numbered request outside. Those with an even
 * number say that the target honours keys; the others send a POST that may not be repeated.
 *
 * @param series what tells these tasks from those of another test on the same topics
 * @param count how many there are
 * @param timeout of each step
 */
record NumberedTasks(String series, int count, Duration timeout, Recorder recorder) {

  private static final String STEP =
      """
      {"tool":"http","action":"request","timeout_ms":%d,"max_attempts":50,
       "retry_policy":{"strategy":"fixed","base_delay_ms":50},
       "args":{"method":"POST","url":"%s","idempotent":%s,"body":{"note":"by the kill harness"}}}
      """;

  static boolean isHonoured(int task) {
    return task % 2 == 0;
  }

  /** Every fifth comes from the topic, twice; the others come by REST. */
  static boolean isFromTopic(int task) {
    return task % 5 == 4;
  }

  static int steps(int task) {
    return isFromTopic(task) || task % 3 == 0 ? 2 : 3;
  }

  /** Numbers of a task's requests. */
  static List<String> numbers(int task) {
    return IntStream.range(0, steps(task)).mapToObj(step -> task + "." + step).toList();
  }

  List<String> numbers(boolean honoured) {
    return IntStream.range(0, count)
        .filter(task -> isHonoured(task) == honoured)
        .mapToObj(NumberedTasks::numbers)
        .flatMap(List::stream)
        .toList();
  }

  int allSteps() {
    return IntStream.range(0, count).map(NumberedTasks::steps).sum();
  }

  /** The body of {@code POST /tasks}. */
  String plan(int task) {
    var steps = new ArrayList<String>();
    numbers(task).forEach(number -> steps.add(step(number, String.valueOf(isHonoured(task)))));
    return "{\"name\":\"%s\",\"steps\":[%s]}".formatted(name(task), String.join(",", steps));
  }

  /** Where the template is put. */
  String templatePath() {
    return "/task-templates/" + series;
  }

  /** The template's body. */
  String template() {
    List<String> steps =
        IntStream.range(0, 2)
            .mapToObj(step -> step("${input.task}." + step, "\"${input.honoured}\""))
            .toList();
    return "{\"steps\":[%s]}".formatted(String.join(",", steps));
  }

  private String step(String number, String honoured) {
    return STEP.formatted(timeout.toMillis(), recorder.url(number), honoured);
  }

  /** What a rule would ask for, on {@code syris.task.request}. */
  String request(int task) {
    UUID id = id(task);
    return """
    {"task_id":"%s","trace_id":"%s","template":"%s","input":{"task":%d,"honoured":%s},
     "requested_by":{"type":"rule","id":"kill-harness"},"granted_scopes":["*"],"depth":0,
     "requested_at":"2026-01-01T00:00:00.000Z"}
    """
        .formatted(id, id, series, task, String.valueOf(isHonoured(task)));
  }

  /** Id of a task that comes from the topic. */
  private UUID id(int task) {
    return UUID.nameUUIDFromBytes((series + "-" + task).getBytes(StandardCharsets.UTF_8));
  }

  static String name(int task) {
    return "numbered-" + task;
  }
}
