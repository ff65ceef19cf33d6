"""A report that a person can act on: one HTML page without anything from elsewhere, readable by screen readers and on paper."""

from __future__ import annotations

from havre.linkage.batch.report.page import page

__all__ = ["page"]
