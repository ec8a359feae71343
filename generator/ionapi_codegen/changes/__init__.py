"""What two descriptions of an API differ in, told for those who call it."""
