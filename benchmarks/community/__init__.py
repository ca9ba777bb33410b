"""Whom to thank: quality on real communities, resistance to fakes, speed and memory."""
