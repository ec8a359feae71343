"""What a client can be written in: one folder a language, behind one contract."""
