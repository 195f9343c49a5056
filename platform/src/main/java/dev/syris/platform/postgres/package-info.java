/** How a service reaches its database. */
@NullMarked
package dev.syris.platform.postgres;

import org.jspecify.annotations.NullMarked;
