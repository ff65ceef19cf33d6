"""`python -m havre.cli`."""

import sys

from havre.cli import main

sys.exit(main())
