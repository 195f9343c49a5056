/**
 * A real broker and a real database for integration tests, one of each per test JVM, started when
 * first asked for.
 *
 * <pre>{@code
 * @WithBackends
 * class LedgerSinkIT {
 *   private static final TestDatabase DATABASE = TestBackends.freshDatabase();
 *   private final KafkaSettings kafka = TestBackends.kafka("gateway");
 *   private final PostgresSettings ledger = DATABASE.as("syris_ledger");
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link dev.syris.testkit.TestBackends#kafka()}: the super user; {@code kafka("producer")}
 *       and so on: a principal with the access it has in production; {@code kafka("nobody")}: one
 *       that may do nothing. All topics of the catalogue and the access lists are there. Topics are
 *       shared by the classes of a JVM: use group ids, transactional ids and trace ids of your own.
 *   <li>{@link dev.syris.testkit.TestBackends#freshDatabase()}: a database of your own with all
 *       roles, and with the migrations that are on the test's classpath applied. {@code
 *       emptyDatabase()}: the same before migrations.
 * </ul>
 *
 * <p>Both are embedded, unless {@code -Dsyris.test.backends=containers} (set by {@code mvn verify
 * -Pcontainers}) asks for Testcontainers. Where that finds no Docker, classes with {@link
 * dev.syris.testkit.WithBackends} are skipped, and standard output says so.
 */
@NullMarked
package dev.syris.testkit;

import org.jspecify.annotations.NullMarked;
