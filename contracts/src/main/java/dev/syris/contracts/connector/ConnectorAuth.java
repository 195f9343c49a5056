package dev.syris.contracts.connector;

/** How a webhook of a connector proves where it comes from. */
public enum ConnectorAuth {
  STANDARD_WEBHOOKS,
  GITHUB,
  SHARED_HEADER,
  TOKEN
}
