package dev.syris.gateway.ledger.artifact;

/** What of a payload may be shown. The bytes kept, which a re-drive needs, are never changed. */
@FunctionalInterface
public interface Redaction {

  /** Shows everything: for a home with one operator that is the default. */
  Redaction NONE = payload -> payload;

  byte[] shown(byte[] payload);
}
