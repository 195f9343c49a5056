/**
 * Rules in the stream. Finding those an event meets is part of routing; each match then goes by its
 * rule's id to where all of that rule's history is, and there it fires or is held back.
 */
@NullMarked
package dev.syris.pipeline.rule;

import org.jspecify.annotations.NullMarked;
