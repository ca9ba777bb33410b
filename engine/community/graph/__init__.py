"""The community as a graph: who acts on whom; the home of networkx and igraph."""
