"""Runs over many posts: how fast, how flat, and against what one would use instead."""
