package dev.syris.gateway.ledger.bulk;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Streams the rows of a query, one at a time, without keeping any. Thread-safe. */
public final class BulkRead {

  /** Signature, flags and the length of an extension nobody has defined. */
  private static final int HEADER_BYTES = 11 + Integer.BYTES + Integer.BYTES;

  private final JdbcTemplate template;

  public BulkRead(JdbcTemplate template) {
    this.template = template;
  }

  /**
   * Goes through all rows. There is no breaking off: the connection would not survive it.
   *
   * @param query without parameters
   * @return how many there were
   */
  public int each(String query, Consumer<BinaryRow> reader) {
    String copy = "copy (" + query + ") to stdout binary";
    return Objects.requireNonNull(
        template.execute(
            (ConnectionCallback<Integer>) connection -> each(connection, copy, reader)));
  }

  private static int each(Connection connection, String copy, Consumer<BinaryRow> reader)
      throws SQLException {
    CopyOut out = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
    int rows = 0;
    boolean header = true;
    for (byte[] message = out.readFromCopy(); message != null; message = out.readFromCopy()) {
      ByteBuffer bytes = ByteBuffer.wrap(message);
      bytes.position(header ? HEADER_BYTES : 0);
      header = false;
      boolean row = bytes.remaining() >= Short.BYTES && bytes.getShort() >= 0;
      if (row) {
        rows++;
        reader.accept(new BinaryRow(bytes));
      }
    }
    return rows;
  }
}
