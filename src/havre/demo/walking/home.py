"""…"""

STEPS: list[tuple[str, object]] = []
