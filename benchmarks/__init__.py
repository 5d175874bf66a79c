"""What the house costs, measured by `make bench`, `make bench-decision` and `make bench-survey`.

Each writes its own section of results.md. Nothing here is part of the tests.
"""
