"""One reader for each outside format, and one way in for what they read."""
