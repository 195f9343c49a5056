/** The ledger: everything the system said, kept where it can be asked for and not be changed. */
@NullMarked
package dev.syris.gateway.ledger;

import org.jspecify.annotations.NullMarked;
