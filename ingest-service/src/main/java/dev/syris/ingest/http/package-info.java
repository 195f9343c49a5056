/** What both doors share: bounded bodies, problems, counting. */
@NullMarked
package dev.syris.ingest.http;

import org.jspecify.annotations.NullMarked;
