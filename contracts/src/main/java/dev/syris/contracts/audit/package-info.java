/** The audit trail's record and its vocabulary. */
@NullMarked
package dev.syris.contracts.audit;

import org.jspecify.annotations.NullMarked;
