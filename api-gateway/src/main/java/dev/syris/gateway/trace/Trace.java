package dev.syris.gateway.trace;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace as REST tells it. The nodes are one tree, each after its parent, siblings in the order of
 * time.
 *
 * @param truncated true where there is more than is shown
 */
record Trace(
    UUID traceId,
    Instant startedAt,
    TraceStatus status,
    List<Node> nodes,
    @Nullable Boolean truncated) {

  /**
   * One thing that happened.
   *
   * @param kind {@code event}, {@code routing_decision}, {@code task}, {@code step}, {@code
   *     tool_call}, {@code approval}, {@code attempt}, {@code rule}, {@code audit}, or {@code
   *     trace} for the root where several things began it
   * @param latencyMs from start to end, in milliseconds
   * @param ref the address where all of it is
   */
  record Node(
      String id,
      @Nullable String parentId,
      String kind,
      String title,
      String status,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Long latencyMs,
      String ref) {

    Node under(@Nullable String parent) {
      return new Node(id, parent, kind, title, status, startedAt, endedAt, latencyMs, ref);
    }
  }
}
