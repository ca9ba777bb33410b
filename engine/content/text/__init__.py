"""Counting text as each platform counts it, and finding what X finds in it."""
