package dev.syris.gateway.stream;

import org.springframework.context.SmartLifecycle;

/**
 * Streams never end by themselves: they are ended before the server waits for requests that are
 * under way.
 */
final class StreamsEndFirst implements SmartLifecycle {

  private final AuditStream stream;
  private volatile boolean running;

  StreamsEndFirst(AuditStream stream) {
    this.stream = stream;
  }

  @Override
  public void start() {
    stream.open();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    stream.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
