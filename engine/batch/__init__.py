"""The same work over many files: in parts that are done once, here or on a cluster."""
