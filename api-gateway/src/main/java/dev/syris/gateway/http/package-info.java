/**
 * The HTTP side itself: how the server listens, how large and slow a body may be, what its own
 * errors look like.
 */
@NullMarked
package dev.syris.gateway.http;

import org.jspecify.annotations.NullMarked;
