"""How files get to the disk: compared first, replaced one by one, and never at the cost of somebody's
work."""
