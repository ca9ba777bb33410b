"""Histories of posts with outcomes, models that order a backlog by them, and the reasons."""
