/** Shapes shared by all services; everything here is a value. */
@NullMarked
package dev.syris.contracts;

import org.jspecify.annotations.NullMarked;
