"""From measures to findings: rulebook, observations, inference, reports."""
