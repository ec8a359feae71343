"""What a product's documents do not say but its servers do: one module a product family."""
