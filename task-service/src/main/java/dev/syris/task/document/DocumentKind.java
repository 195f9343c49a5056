package dev.syris.task.document;

/**
 * A kind of documents.
 *
 * @param resource in codes and audit types, such as {@code task_template}
 * @param noun for people
 * @param table with its key, version, body and times
 * @param view of it for readers, with its key and a body
 * @param path of its address
 * @param key the column that tells them apart
 * @param minted whether a new one is given an id; otherwise its name is its key
 */
public record DocumentKind(
    String resource,
    String noun,
    String table,
    String view,
    String path,
    String key,
    boolean minted) {

  /** A kind whose documents are told apart by their names. */
  public static DocumentKind named(
      String resource, String noun, String table, String view, String path) {
    return new DocumentKind(resource, noun, table, view, path, "name", false);
  }

  /** A kind whose documents have an id, in {@code <resource>_id}; their names are for people. */
  public static DocumentKind minted(
      String resource, String noun, String table, String view, String path) {
    return new DocumentKind(resource, noun, table, view, path, resource + "_id", true);
  }
}
