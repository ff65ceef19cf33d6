"""Which codes may a field hold, and how is each said in the reader's language?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list; `parent` is a code of the same list, `retired` keeps old records readable."""

    list: str
    code: str
    labels: Mapping[str, str] = field(compare=False)
    parent: str | None = None
    retired: bool = False


class CodeList:
    """The codes of one list in their order; membership, labels, children."""

    def __init__(self, name: str, codes: Iterable[Code]) -> None:
        self.name = name
        self._codes: dict[str, Code] = {}
        for code in codes:
            self._add(code)
        lost = sorted({c.parent for c in self if c.parent is not None and c.parent not in self._codes})
        if lost:
            raise ValueError(f"{name}: no such parent: {', '.join(lost)}")

    def _add(self, code: Code) -> None:
        if code.list != self.name:
            raise ValueError(f"{self.name}: {code.code} belongs to {code.list}")
        if code.code in self._codes:
            raise ValueError(f"{self.name}: {code.code} is written twice")
        if not code.labels.get("en"):
            raise ValueError(f"{self.name}: {code.code} has no English label")
        self._codes[code.code] = code

    def __contains__(self, code: object) -> bool:
        """Whether the list knows the code, retired or not."""
        return code in self._codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def get(self, code: str) -> Code:
        """The entry; KeyError when the list does not know the code."""
        return self._codes[code]

    def codes(self, *, retired: bool = False) -> tuple[str, ...]:
        """The codes that may be chosen, in order; with `retired`, those that old records hold too."""
        return tuple(c.code for c in self if retired or not c.retired)

    def children(self, parent: str | None) -> tuple[str, ...]:
        """The choosable codes right under this one; None asks for the top."""
        return tuple(c.code for c in self if c.parent == parent and not c.retired)

    def label(self, code: str, lang: str) -> str:
        """The words in this language, its base language or English; an unknown code shows itself."""
        found = self._codes.get(code)
        if found is None:
            return code
        labels = found.labels
        return labels.get(lang) or labels.get(lang.partition("-")[0]) or labels["en"]
