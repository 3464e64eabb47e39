"""What tests/run.py is made of: one module per kind of suite."""
