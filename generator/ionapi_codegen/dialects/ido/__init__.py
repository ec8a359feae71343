"""What documents of Mongoose's IDO service do not say: its configurations, its bookmarks, its nulls."""
