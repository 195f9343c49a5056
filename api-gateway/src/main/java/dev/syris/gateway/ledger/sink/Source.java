package dev.syris.gateway.ledger.sink;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The topics the ledger keeps. */
enum Source {
  AUDIT(Topics.AUDIT_EVENT),
  EVENT(Topics.EVENT),
  DECISION(Topics.ROUTING_DECISION),
  DEAD_LETTER(Topics.DEAD_LETTER);

  private static final Map<String, Source> BY_TOPIC =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Source::topic, Function.identity()));

  private final String topic;

  Source(Topic<?, ?> topic) {
    this.topic = topic.name();
  }

  String topic() {
    return topic;
  }

  static Source of(String topic) {
    Source source = BY_TOPIC.get(topic);
    if (source == null) {
      throw new IllegalArgumentException("the ledger does not keep " + topic);
    }
    return source;
  }

  static List<String> topics() {
    return Arrays.stream(values()).map(Source::topic).toList();
  }
}
