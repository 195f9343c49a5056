/** The JSON every service reads and writes. */
@NullMarked
package dev.syris.contracts.json;

import org.jspecify.annotations.NullMarked;
