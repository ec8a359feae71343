# somebody's own
