package dev.syris.ingest.log;

import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What a producer's failure says about the record and about the producer. Pure. */
final class Failures {

  private Failures() {}

  /**
   * True where the record was refused for certain; any other failure of a single send leaves it in
   * doubt.
   */
  static boolean refused(Throwable failure) {
    return failure instanceof AuthorizationException
        || failure instanceof AuthenticationException
        || failure instanceof RecordTooLargeException
        || failure instanceof InvalidTopicException
        || failure instanceof SerializationException
        || failure instanceof BufferExhaustedException;
  }

  /** True where the producer will not work again: it is fenced, in an error state, or closed. */
  static boolean broken(Throwable failure) {
    return !(failure instanceof ApiException)
        || failure instanceof OutOfOrderSequenceException
        || failure instanceof ProducerFencedException
        || failure instanceof InvalidProducerEpochException
        || failure instanceof InvalidPidMappingException
        || failure instanceof UnsupportedVersionException
        || failure instanceof AuthorizationException
        || failure instanceof AuthenticationException;
  }

  /** Half a sentence for a person. */
  static String reason(Throwable failure) {
    return switch (failure) {
      case TimeoutException _ -> "the broker did not answer in time";
      case AuthenticationException _ -> "the broker does not know the ingest service's credentials";
      case AuthorizationException _ -> "the broker does not let the ingest service write";
      default -> "the broker failed (" + failure.getClass().getSimpleName() + ")";
    };
  }
}
