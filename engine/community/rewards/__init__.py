"""Rewards: who gets what, what came of it, and the words that go with it."""
