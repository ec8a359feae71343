"""What Infor's documents of M3 programs do not say: their records, their options, what changes data."""
