package dev.syris.pipeline.flow;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.RawEvent;

/**
 * An event on its way through the topology.
 *
 * @param proven whether the door proved that it comes from its connector, which then has its
 *     granted scopes
 * @param chain the rules that led to it
 * @param source the raw record it was made from
 */
public record Arrival(Event event, boolean proven, CauseChain chain, SourceRecord source) {

  /** The key of what must stay in order with it. */
  public String orderingKey() {
    return RawEvent.orderingKey(event.source().connectorId(), event.source().threadId());
  }
}
