package dev.syris.standalone.up;

/** The ports inside one installation, free ones remembered in the data folder. */
record Ports(int kafka, int controller, int postgres, int ingest, int pipeline, int task) {}
