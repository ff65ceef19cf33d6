"""What does a problem say to someone at a terminal, and what should they do?"""

from havre.core.problems import KeyMissing, Problem, Unavailable

HINTS = {
    "disk_full": "The disk is nearly full. Free at least 200 MB, then start again. Nothing was lost.",
    "cannot_write": "Havre cannot write to its folder. Choose another with HAVRE_HOME=/path, or give yourself the right to write there.",
    "see_log": "The database did not start. The end of its log (the file `log` in the database folder) says why. Nothing was lost.",
    "wrong_address": "The database at DATABASE_URL does not answer, or refuses this user. Check host, port, name, user and password; "
                     "the user must be able to create roles. Without DATABASE_URL, Havre uses its own database.",
}


def sentence(problem: Problem) -> str:
    """One plain paragraph: what happened, and what to do."""
    if isinstance(problem, Unavailable):
        return HINTS.get(str(problem.params.get("hint", "")), str(problem))
    if isinstance(problem, KeyMissing):
        return ("The instance key ring is missing or cannot be read, and there are data under it. Put the file back "
                "(HAVRE_KEYRING names it, else keyring.json in HAVRE_HOME). Without it names and stories cannot be opened.")
    return str(problem)
