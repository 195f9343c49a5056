/**
 * Composes the four services and the embedded broker and database; holds no logic of the domain.
 */
@NullMarked
package dev.syris.standalone;

import org.jspecify.annotations.NullMarked;
