"""Code and an exercise in, a verdict out. No Django here."""
