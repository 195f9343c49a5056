/** How much the system may do, and how it fares. */
@NullMarked
package dev.syris.contracts.control;

import org.jspecify.annotations.NullMarked;
