package dev.syris.pipeline.fastpath;

import tools.jackson.databind.node.ObjectNode;

/** What the fast path makes of a text. */
public sealed interface FastMatch {

  /**
   * It is a command.
   *
   * @param args the tool's arguments, from the phrase's slots
   */
  record Matched(Intent intent, ObjectNode args) implements FastMatch {}

  /**
   * It has the form of a command but can't be meant.
   *
   * @param why a clause, such as {@code the duration "0 minutes" is no time at all}
   */
  record NearMiss(Intent intent, String why) implements FastMatch {}

  /** It is none. */
  record Unmatched() implements FastMatch {}

  FastMatch UNMATCHED = new Unmatched();
}
