/** The topic catalogue: every name, key, value, partition count and retention, once. */
@NullMarked
package dev.syris.contracts.topic;

import org.jspecify.annotations.NullMarked;
