"""What does each icon look like? Paths for a 24 by 24 box, drawn with the current text colour.

An icon never stands alone: a word is always beside it (or on the control, as its accessible name).
"""

from typing import Final

ICONS: Final[dict[str, str]] = {
    "ask": '<circle cx="12" cy="12" r="9" stroke-dasharray="3.2 2.45"/><path d="M12 7.5v5.5M12 16.4v.1" stroke-width="2.6"/>',
    "chart": '<path d="M4 20V4M4 20h16M8.5 16v-4M13 16V8M17.5 16v-6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.200l3.500 2"/>',
    "exit": '<path d="M10 4H5v16h5M14 8l5 4-5 4M19 12H9"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "find": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "high": '<path d="M12 3 22 20.5H2z" fill="currentColor"/>',
    "id": '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="9" cy="11" r="2"/>'
    '<path d="M5.8 16c1-2 5.4-2 6.4 0M15 10h3M15 14h3"/>',
    "kids": '<circle cx="9" cy="8" r="3.3"/><path d="M3 20c.5-7 11.5-7 12 0M16 5.200a3 3 0 0 1 0 5.600M18 14c2 .8 3 3 3.2 6"/>',
    "low": '<circle cx="12" cy="12" r="7.5"/>',
    "mark": '<path d="M4 20a8.5 8.5 0 0 1 4-15"/><path d="M20 20a8.5 8.5 0 0 0-4-15"/>'
    '<circle cx="12" cy="14" r="2.6" fill="currentColor" stroke="none"/>',
    "mid": '<path d="m12 2.5 9.5 9.5-9.5 9.5L2.5 12z" fill="currentColor" stroke="none"/>',
    "no": '<circle cx="12" cy="12" r="9"/><path d="M7 12h10" stroke-width="3"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4v-8h16v8h-3M7 14h10v7H7z"/>',
    "seal": '<rect x="5" y="11" width="14" height="9" rx="1.5"/><path d="M8 11V8a4 4 0 0 1 8 0v3M12 14.500v2"/>',
    "today": '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>',
    "trace": '<circle cx="6" cy="6" r="2.5"/><circle cx="18" cy="18" r="2.5"/><path d="M8.5 6H15a3 3 0 0 1 0 6H9a3 3 0 0 0 0 6h6.5"/>',
    "yes": '<circle cx="12" cy="12" r="10" fill="currentColor"/><path class="ck" d="m7.5 12.3 3.2 3.2 5.8-6.8"/>',
}
