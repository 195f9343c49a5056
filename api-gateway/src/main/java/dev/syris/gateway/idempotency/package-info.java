/** The same answer to the same request for a day, where the caller sent an Idempotency-Key. */
@NullMarked
package dev.syris.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
