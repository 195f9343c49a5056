package dev.syris.task.call;

/**
 * What ties a started call to whoever owns it.
 *
 * @param fence the owner's epoch when it was started: an answer that comes under another is late
 * @param lastSend number of the attempt after which it is not sent again where no answer comes
 */
public record Binding(long fence, int lastSend) {

  /** Of calls that belong to nobody but the runtime. */
  static final Binding FREE = new Binding(0, Settlement.MAX_TIMEOUTS);
}
