/** Rows that are over and were kept long enough: who has some deletes them here, bit by bit. */
@NullMarked
package dev.syris.task.retention;

import org.jspecify.annotations.NullMarked;
