package dev.syris.gateway.ledger.sink;

import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import java.util.Arrays;
import java.util.List;

/** The topics the ledger keeps. */
enum Source {
  AUDIT(Topics.AUDIT_EVENT),
  EVENT(Topics.EVENT),
  DECISION(Topics.ROUTING_DECISION),
  DEAD_LETTER(Topics.DEAD_LETTER);

  private final String topic;

  Source(Topic<?, ?> topic) {
    this.topic = topic.name();
  }

  String topic() {
    return topic;
  }

  static Source of(String topic) {
    return Arrays.stream(values())
        .filter(source -> source.topic.equals(topic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the ledger does not keep " + topic));
  }

  static List<String> topics() {
    return Arrays.stream(values()).map(Source::topic).toList();
  }
}
