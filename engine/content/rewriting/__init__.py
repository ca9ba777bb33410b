"""Putting changed fields back into the file they came from, all else as it was."""
