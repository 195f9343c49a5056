/**
 * The door of SYRIS: authenticates, stamps ids, keeps the bytes, answers once the broker has them.
 */
@NullMarked
package dev.syris.ingest;

import org.jspecify.annotations.NullMarked;
