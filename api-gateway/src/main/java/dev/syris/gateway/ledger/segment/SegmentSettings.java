package dev.syris.gateway.ledger.segment;

import java.time.Duration;

/**
 * When segments end and go.
 *
 * @param rows a segment is sealed at this many
 * @param age or when it is this old
 * @param retention its rows are dropped when all of them are older
 */
public record SegmentSettings(long rows, Duration age, Duration retention) {}
