/** Requests with an idempotency key, remembered so that a repeat gives the same answer. */
@NullMarked
package dev.syris.ingest.idempotency;

import org.jspecify.annotations.NullMarked;
