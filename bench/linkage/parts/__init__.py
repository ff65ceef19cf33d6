"""The parts of the linkage benchmark. Each has `run(setting) -> dict` with its goals under `goals` and its tables beside them."""
