"""What sharewise knows and decides; no printing, no arguments."""
