"""What must not happen to anybody's records, tried with real processes that are killed half-way."""
