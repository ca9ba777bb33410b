"""Measures: numbers and texts read off a post for one platform."""
