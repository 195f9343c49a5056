/** Requests to act, and the record of what became of them. */
@NullMarked
package dev.syris.contracts.tool;

import org.jspecify.annotations.NullMarked;
