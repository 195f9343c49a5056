/** Lists: one description per collection, from which filters, order, cursor and SQL are made. */
@NullMarked
package dev.syris.gateway.query;

import org.jspecify.annotations.NullMarked;
