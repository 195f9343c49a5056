/**
 * Rules as the operator writes them: kept here, sent to the pipeline in the transaction that
 * changes them, and switched off where they went over their limit. What they do is in the pipeline.
 */
@NullMarked
package dev.syris.task.rule;

import org.jspecify.annotations.NullMarked;
