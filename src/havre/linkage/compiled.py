"""Is what was compiled still what is written? numba compiles a function again when its own file changes, not when a file that
it calls into does; after an update it would go on with old rules."""

from __future__ import annotations

from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent


def renew(folder: Path = HERE) -> int:
    """Throw away compiled code older than any source file that has compiled code, in a folder and below it; how many files.

    A folder that cannot be written keeps what it has: there, an update replaces every file.
    """
    kept = [path for path in folder.glob("**/__pycache__/*.nb[ic]")]
    sources = {path.parent.parent / f"{path.name.split('.')[0]}.py" for path in kept}
    try:
        newest = max((source.stat().st_mtime for source in sources if source.exists()), default=0.0)
        stale = [path for path in kept if path.stat().st_mtime < newest]
        for path in stale:
            path.unlink(missing_ok=True)
    except OSError:  # read-only, or another process was quicker
        return 0
    return len(stale)
