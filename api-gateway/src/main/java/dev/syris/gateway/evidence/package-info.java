/**
 * What the ledger can show and do at the operator's word: verify the trail, show a payload, drive a
 * dead letter again.
 */
@NullMarked
package dev.syris.gateway.evidence;

import org.jspecify.annotations.NullMarked;
