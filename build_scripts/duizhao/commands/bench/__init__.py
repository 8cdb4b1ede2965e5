"""Benchmarks: what the tool does on real texts, measured by commands anyone can run."""

#: The measurements that `duizhao bench` knows; each is a branch of `report.measured`.
NAMES = ("align", "build", "corpora", "examine", "memory", "parse", "print", "search", "serve")
