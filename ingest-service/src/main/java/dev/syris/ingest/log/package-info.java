/** Raw events on their way to the broker: what is written, and what is known of it afterwards. */
@NullMarked
package dev.syris.ingest.log;

import org.jspecify.annotations.NullMarked;
