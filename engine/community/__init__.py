"""The community: who acts on whom, whom it is right to thank, and why."""
