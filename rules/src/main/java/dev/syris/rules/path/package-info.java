/**
 * Dotted paths into JSON documents, the one way in which conditions and templates refer to
 * anything.
 */
@NullMarked
package dev.syris.rules.path;

import org.jspecify.annotations.NullMarked;
