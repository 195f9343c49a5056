/** The one way in: ids are given, the broker is asked, and only its word makes an answer. */
@NullMarked
package dev.syris.ingest.intake;

import org.jspecify.annotations.NullMarked;
