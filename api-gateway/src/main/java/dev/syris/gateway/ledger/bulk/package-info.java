/** Many rows in one go: PostgreSQL's binary copy. */
@NullMarked
package dev.syris.gateway.ledger.bulk;

import org.jspecify.annotations.NullMarked;
