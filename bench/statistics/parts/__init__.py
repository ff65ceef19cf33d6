"""The parts of the benchmark: each has `run(setting)`, which gives goals and figures."""
