"""How well and how fast backlogs are ranked."""
