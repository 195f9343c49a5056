/**
 * The tables of events, decisions and traces: what is taken from a record, and how it is written.
 */
@NullMarked
package dev.syris.gateway.ledger.records;

import org.jspecify.annotations.NullMarked;
