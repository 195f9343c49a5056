package dev.syris.gateway.ledger.reading;

/** A record that is not what its topic holds; the message says what is wrong with which value. */
public final class MalformedRecordException extends Exception {

  private final String wrong;

  public MalformedRecordException(String wrong) {
    super(wrong, null, false, false);
    this.wrong = wrong;
  }

  /** The message, which is always there. */
  public String wrong() {
    return wrong;
  }
}
