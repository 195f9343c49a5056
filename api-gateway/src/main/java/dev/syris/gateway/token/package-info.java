/** Tokens: made, kept as hashes, checked from memory, taken back. */
@NullMarked
package dev.syris.gateway.token;

import org.jspecify.annotations.NullMarked;
