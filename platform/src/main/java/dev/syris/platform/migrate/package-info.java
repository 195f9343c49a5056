/** What must be there before any service starts: roles, schemas, tables, topics, access lists. */
@NullMarked
package dev.syris.platform.migrate;

import org.jspecify.annotations.NullMarked;
