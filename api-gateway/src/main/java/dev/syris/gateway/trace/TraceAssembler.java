package dev.syris.gateway.trace;

import dev.syris.gateway.trace.Trace.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the nodes of a trace into one tree. Pure: whatever the facts are, each node is in it once.
 */
final class TraceAssembler {

  private static final String ROOT = "trace";
  private static final Comparator<Node> BY_TIME =
      Comparator.comparing(Node::startedAt).thenComparing(Node::id);

  private TraceAssembler() {}

  static Trace assemble(TraceFacts facts, boolean truncated) {
    TraceStatus status = TraceStatus.of(facts);
    List<Node> nodes = new TraceNodes(facts).all();
    List<Node> tree = tree(nodes, facts, status);
    Instant started =
        tree.stream().map(Node::startedAt).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    return new Trace(facts.traceId(), started, status, tree, truncated ? true : null);
  }

  private static List<Node> tree(List<Node> nodes, TraceFacts facts, TraceStatus status) {
    Set<String> known = new HashSet<>(nodes.stream().map(Node::id).toList());
    Map<@Nullable String, List<Node>> children = new HashMap<>();
    nodes.stream()
        .map(node -> known.contains(String.valueOf(node.parentId())) ? node : node.under(null))
        .sorted(BY_TIME)
        .forEach(
            node ->
                children.computeIfAbsent(node.parentId(), parent -> new ArrayList<>()).add(node));
    var tree = new ArrayList<Node>();
    var placed = new HashSet<String>();
    List<Node> roots = new ArrayList<>(children.getOrDefault(null, List.of()));
    roots.forEach(root -> place(root, children, placed, tree));
    nodes.stream()
        .sorted(BY_TIME)
        .filter(node -> !placed.contains(node.id()))
        .forEach(
            node -> {
              Node root = node.under(null);
              roots.add(root);
              place(root, children, placed, tree);
            });
    return roots.size() > 1 ? underOneRoot(tree, facts, status) : tree;
  }

  /**
   * Depth first. A node whose parents go round in a circle is placed where the circle is first met.
   */
  private static void place(
      Node node, Map<@Nullable String, List<Node>> children, Set<String> placed, List<Node> tree) {
    if (placed.add(node.id())) {
      tree.add(node);
      children
          .getOrDefault(node.id(), List.of())
          .forEach(child -> place(child, children, placed, tree));
    }
  }

  private static List<Node> underOneRoot(List<Node> tree, TraceFacts facts, TraceStatus status) {
    Instant start =
        tree.stream().map(Node::startedAt).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    var whole = new ArrayList<Node>();
    whole.add(
        new Node(
            ROOT,
            null,
            ROOT,
            "Trace",
            status.wire(),
            start,
            null,
            null,
            "/traces/" + facts.traceId()));
    tree.forEach(node -> whole.add(node.parentId() == null ? node.under(ROOT) : node));
    return whole;
  }
}
