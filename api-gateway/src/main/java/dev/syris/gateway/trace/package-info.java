/** A trace put together from its events, decisions, calls and audit: one tree with real times. */
@NullMarked
package dev.syris.gateway.trace;

import org.jspecify.annotations.NullMarked;
