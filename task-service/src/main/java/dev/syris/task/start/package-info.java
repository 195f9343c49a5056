/** Starting tasks: from a plan or a template, over REST or by a request on the topic. */
@NullMarked
package dev.syris.task.start;

import org.jspecify.annotations.NullMarked;
