"""Benchmarks: what the tool does on real texts, measured by commands anyone can run."""
