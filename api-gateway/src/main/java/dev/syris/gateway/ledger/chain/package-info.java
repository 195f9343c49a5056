/** The audit trail as one chain of hashes: how a row is added, and how the whole is checked. */
@NullMarked
package dev.syris.gateway.ledger.chain;

import org.jspecify.annotations.NullMarked;
