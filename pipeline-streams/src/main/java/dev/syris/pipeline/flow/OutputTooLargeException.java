package dev.syris.pipeline.flow;

/** A record of ours would not fit into a message. */
public final class OutputTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OutputTooLargeException(String topic, int size, int limit) {
    super("a record for %s would have %d bytes; at most %d fit".formatted(topic, size, limit));
  }
}
