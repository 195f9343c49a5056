package dev.syris.gateway.ledger.chain;

/**
 * What is known of a sealed segment, also when its rows are gone.
 *
 * @param firstPrevious hash its first row follows
 */
public record Seal(
    long segmentId,
    long firstSequence,
    ChainHash firstPrevious,
    long lastSequence,
    ChainHash lastHash,
    long rows,
    boolean dropped) {}
