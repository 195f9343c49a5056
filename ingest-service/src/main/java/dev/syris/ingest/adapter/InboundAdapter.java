package dev.syris.ingest.adapter;

/**
 * One way stimuli of one declared connector come in. Kinds differ in who begins; each is an
 * interface of its own that adds the one method by which stimuli arrive. Whatever arrives goes
 * through the one intake, and is behind us only when the broker has it: an adapter that is called
 * answers then, one that asks or listens moves its durable cursor then. Implementations are
 * thread-safe.
 */
public interface InboundAdapter {

  /** The connector in whose name it speaks. */
  String connectorId();

  /** How it has fared since this service started. */
  AdapterHealth health();
}
