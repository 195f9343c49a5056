package dev.syris.ingest.webhook;

/**
 * How a delivery proves where it comes from. Pure but for its key; thread-safe; looks at bytes,
 * never parses them.
 */
sealed interface WebhookAuth
    permits StandardWebhooks, GithubSignature, SharedHeader, IngestToken, StoredAuth {

  Verdict verify(Delivery delivery);
}
