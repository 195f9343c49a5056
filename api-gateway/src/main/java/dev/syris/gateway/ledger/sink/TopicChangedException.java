package dev.syris.gateway.ledger.sink;

/** A topic is no longer the one that was read. */
final class TopicChangedException extends RuntimeException {

  TopicChangedException(String topic) {
    super(topic + " is not the topic it was; it was made anew");
  }
}
