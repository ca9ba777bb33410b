"""One file a command: read the arguments, call the engine, print."""
