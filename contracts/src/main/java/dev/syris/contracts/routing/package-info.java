/** What the router decided for an event. */
@NullMarked
package dev.syris.contracts.routing;

import org.jspecify.annotations.NullMarked;
