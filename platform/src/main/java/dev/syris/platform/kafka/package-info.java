/** How a service reaches the broker. */
@NullMarked
package dev.syris.platform.kafka;

import org.jspecify.annotations.NullMarked;
