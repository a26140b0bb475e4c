"""Measures the budgets on the demonstration: `python -m benchmarks --help`. Nothing is timed in tests."""
