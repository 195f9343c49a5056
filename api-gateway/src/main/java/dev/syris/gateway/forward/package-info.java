/**
 * Hands requests that belong to another service over to it: unchanged bytes, same path, vouched
 * for.
 */
@NullMarked
package dev.syris.gateway.forward;

import org.jspecify.annotations.NullMarked;
