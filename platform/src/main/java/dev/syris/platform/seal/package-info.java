/** Encryption of what is kept at rest. */
@NullMarked
package dev.syris.platform.seal;

import org.jspecify.annotations.NullMarked;
