package dev.syris.contracts.connector;

/** A door a connector may come through with its granted scopes. */
public enum Via {
  HTTP,
  KAFKA
}
