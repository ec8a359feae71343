"""What documents of the Data Lake do not say: that four of their operations are one query."""
