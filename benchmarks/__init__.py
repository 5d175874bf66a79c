"""What the house costs: `make bench` measures and writes results.md. Nothing here is part of the tests."""
