/**
 * Identifiers: one value type per thing that could be confused with another, and how each is made.
 */
@NullMarked
package dev.syris.contracts.id;

import org.jspecify.annotations.NullMarked;
