/** The live stream: audit events as they are recorded, resumed without a gap. */
@NullMarked
package dev.syris.gateway.stream;

import org.jspecify.annotations.NullMarked;
