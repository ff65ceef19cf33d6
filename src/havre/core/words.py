"""Which sentences of the pure code must the translators see?"""


def N_(sentence: str) -> str:  # noqa: N802  (the name gettext tools look for)
    """Mark a sentence for extraction and return it unchanged; the web layer translates it when it is shown."""
    return sentence
