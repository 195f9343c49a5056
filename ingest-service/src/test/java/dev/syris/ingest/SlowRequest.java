package dev.syris.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/** A POST whose last byte is still to be sent. */
public final class SlowRequest implements AutoCloseable {

  private final Socket socket;
  private final byte[] body;

  SlowRequest(int port, String path, String assertion, String json) throws IOException {
    this.socket = new Socket("127.0.0.1", port);
    this.body = json.getBytes(UTF_8);
    String head =
        """
        POST %s HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        Content-Length: %d\r
        Syris-Assertion: %s\r
        Expect: 100-continue\r
        Connection: close\r
        \r
        """
            .formatted(path, body.length, assertion);
    socket.getOutputStream().write(head.getBytes(UTF_8));
    socket.getOutputStream().flush();
    awaitGoAhead();
    socket.getOutputStream().write(body, 0, body.length - 1);
    socket.getOutputStream().flush();
  }

  /** Until the server has begun on it: before that, nothing is under way that it must answer. */
  private void awaitGoAhead() throws IOException {
    var interim = new StringBuilder();
    while (!interim.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException("the server closed the connection after \"" + interim + "\"");
      }
      interim.append((char) next);
    }
    if (!interim.toString().startsWith("HTTP/1.1 100")) {
      throw new IOException("the server did not ask for the body: " + interim);
    }
  }

  /** Sends the last byte and reads the whole answer. */
  public String finish() throws IOException {
    socket.getOutputStream().write(body, body.length - 1, 1);
    socket.getOutputStream().flush();
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
