package dev.syris.pipeline.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.jspecify.annotations.Nullable;

/**
 * What a dead stream thread means: another one takes over where the broker was the cause, up to a
 * number of times; all else is for the operator. Thread-safe.
 */
final class FailurePolicy {

  private static final int MAX_REPLACED = 10;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final Deque<Instant> replaced = new ArrayDeque<>();

  /** Whether a new thread is worth trying. */
  synchronized boolean replace(Throwable fault, Instant now) {
    if (!transientFault(fault)) {
      return false;
    }
    while (!replaced.isEmpty() && replaced.getFirst().plus(WITHIN).isBefore(now)) {
      replaced.removeFirst();
    }
    replaced.addLast(now);
    return replaced.size() <= MAX_REPLACED;
  }

  private static boolean transientFault(@Nullable Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case AuthenticationException _,
            AuthorizationException _,
            InvalidTopicException _,
            MissingSourceTopicException _ -> {
          return false;
        }
        case RetriableException _, TaskMigratedException _, TaskCorruptedException _ -> {
          return true;
        }
        case ApiException api when fenced(api) -> {
          return true;
        }
        default -> {
          // look at what caused it
        }
      }
    }
    return false;
  }

  /** Another run of ours took over the transaction, or the broker forgot it. */
  private static boolean fenced(ApiException api) {
    return api instanceof ProducerFencedException
        || api instanceof InvalidProducerEpochException
        || api instanceof OutOfOrderSequenceException
        || api instanceof InvalidPidMappingException
        || api instanceof TransactionAbortedException;
  }
}
