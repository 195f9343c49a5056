package dev.syris.gateway.ledger.chain;

/**
 * The end of the chain.
 *
 * @param sequence of the newest row; 0 where there is none yet
 */
public record ChainHead(long sequence, ChainHash hash) {

  public static final ChainHead EMPTY = new ChainHead(0, ChainHash.GENESIS);
}
