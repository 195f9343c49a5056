/** This process among its peers: its epoch, its heartbeat, its health. */
@NullMarked
package dev.syris.task.instance;

import org.jspecify.annotations.NullMarked;
