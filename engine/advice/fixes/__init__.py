"""Fixes: edits of a post that a rule asks for, tried on the rules before they are offered."""
