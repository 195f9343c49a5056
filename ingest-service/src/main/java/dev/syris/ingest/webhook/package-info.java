/** Webhooks: four ways to prove a delivery, one way to make a raw event of it. */
@NullMarked
package dev.syris.ingest.webhook;

import org.jspecify.annotations.NullMarked;
