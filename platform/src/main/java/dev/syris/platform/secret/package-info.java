/**
 * Secrets the operator sets, each encrypted for its name; read at the moment of use and never
 * before. Services read, only the command line writes. See docs/adr/0007.
 */
@NullMarked
package dev.syris.platform.secret;

import org.jspecify.annotations.NullMarked;
