/** The one door: ledger, views, REST and the live stream. */
@NullMarked
package dev.syris.gateway;

import org.jspecify.annotations.NullMarked;
