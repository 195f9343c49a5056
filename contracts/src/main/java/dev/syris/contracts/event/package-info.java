/** The raw stimulus and the one canonical event made from it. */
@NullMarked
package dev.syris.contracts.event;

import org.jspecify.annotations.NullMarked;
