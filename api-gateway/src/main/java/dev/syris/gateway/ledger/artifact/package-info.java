/** Payloads kept encrypted, and the dead letters that refer to them. */
@NullMarked
package dev.syris.gateway.ledger.artifact;

import org.jspecify.annotations.NullMarked;
