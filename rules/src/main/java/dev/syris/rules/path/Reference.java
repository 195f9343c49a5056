package dev.syris.rules.path;

/**
 * One use of a path.
 *
 * @param path what is referred to
 * @param pointer JSON pointer to where the reference stands, from the root of the condition or
 *     template
 */
public record Reference(FieldPath path, String pointer) {}
