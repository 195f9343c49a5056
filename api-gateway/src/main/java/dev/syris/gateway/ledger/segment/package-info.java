/** Seals the trail's segments and drops the oldest once they are past their time. */
@NullMarked
package dev.syris.gateway.ledger.segment;

import org.jspecify.annotations.NullMarked;
