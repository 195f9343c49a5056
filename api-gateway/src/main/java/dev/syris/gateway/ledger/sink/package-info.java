/** Carries what is said on the topics into the database, exactly once. */
@NullMarked
package dev.syris.gateway.ledger.sink;

import org.jspecify.annotations.NullMarked;
