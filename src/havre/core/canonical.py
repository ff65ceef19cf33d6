"""Which bytes stand for this object, the same on every machine?"""

import json

_EXACT = 2**53 - 1


def canonical(obj: object) -> bytes:
    """The object as JSON bytes by RFC 8785: keys sorted by UTF-16 units, no spaces, UTF-8.

    Accepts None, bool, int (up to 2^53 - 1 either way), str, list, tuple and dict with str keys; anything
    else, floats above all, is a TypeError, and a number too large or a broken character a ValueError.
    """
    return _write(obj).encode()


def _write(obj: object) -> str:
    if obj is None or isinstance(obj, bool | str):
        return json.dumps(obj, ensure_ascii=False)
    if isinstance(obj, int):
        if abs(obj) > _EXACT:
            raise ValueError("a number above 2^53 - 1 does not survive JSON; write it as text")
        return int.__repr__(obj)
    if isinstance(obj, list | tuple):
        return "[" + ",".join(_write(item) for item in obj) + "]"
    if isinstance(obj, dict):
        if not all(isinstance(key, str) for key in obj):
            raise TypeError("a key of canonical JSON is text")
        ordered = sorted(obj.items(), key=lambda item: item[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_write(key)}:{_write(value)}" for key, value in ordered) + "}"
    raise TypeError(f"{type(obj).__name__} has no canonical JSON")
