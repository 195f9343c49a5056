/**
 * The documents we publish, held against the code: {@code docs/schemas} and {@code
 * docs/asyncapi.yaml}.
 *
 * <pre>{@code
 * PublishedSchema schema = PublishedSchema.named("trace");
 * assertThat(schema.differencesFrom(Trace.class)).isEmpty();
 * assertThat(schema.problemsOf(json)).isEmpty();
 * }</pre>
 */
@NullMarked
package dev.syris.testkit.schema;

import org.jspecify.annotations.NullMarked;
