"""…"""

STEPS: list = []
