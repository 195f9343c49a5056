package dev.syris.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where a stimulus came in. Reserved channels are honoured only on records written by our own
 * services.
 */
public enum Channel {
  EMAIL,
  SMS,
  WEBHOOK,
  HA_EVENT,
  MQTT,
  CHAT,
  VISION,
  API,
  SCHEDULER,
  RULE_ENGINE,
  WATCHER;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** True for the channels no outside producer may claim. */
  public boolean reserved() {
    return switch (this) {
      case SCHEDULER, RULE_ENGINE, WATCHER -> true;
      case EMAIL, SMS, WEBHOOK, HA_EVENT, MQTT, CHAT, VISION, API -> false;
    };
  }

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
