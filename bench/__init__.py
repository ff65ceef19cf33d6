"""Benchmarks: each measures what an issue's goals name and says so whether they are met or not."""
