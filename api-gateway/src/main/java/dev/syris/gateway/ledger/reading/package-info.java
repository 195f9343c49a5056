/**
 * Takes the few values the ledger needs out of a record, and says what is wrong with one that lacks
 * them.
 */
@NullMarked
package dev.syris.gateway.ledger.reading;

import org.jspecify.annotations.NullMarked;
