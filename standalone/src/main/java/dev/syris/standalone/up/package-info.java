/** Starts and stops the broker, the database and the four services in one JVM, in one order. */
@NullMarked
package dev.syris.standalone.up;

import org.jspecify.annotations.NullMarked;
