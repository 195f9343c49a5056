package dev.syris.task.document;

/**
 * A kind of documents.
 *
 * @param resource in codes and audit types, such as {@code task_template}
 * @param noun for people
 * @param table with name, version, body and times
 * @param view of it for readers, with a body
 * @param path of its address
 */
public record DocumentKind(String resource, String noun, String table, String view, String path) {}
