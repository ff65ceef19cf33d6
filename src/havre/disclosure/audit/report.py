"""What did an audit find, in words and for machines?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from havre.disclosure.audit.canary import CanaryAudit
from havre.disclosure.audit.labels import LabelAudit


@dataclass(frozen=True)
class Report:
    """The audits of one mechanism."""

    name: str
    canary: CanaryAudit
    labels: LabelAudit

    @property
    def exceeded(self) -> bool:
        """Was more given away than declared?"""
        return self.canary.exceeded or self.labels.exceeded

    def words(self) -> str:
        """The verdict in plain sentences."""
        found, rates, labels = self.canary, self.canary.rates, self.labels
        promised = found.declared
        lines = [f"{self.name}: declared epsilon {promised.epsilon:.3g} at delta {promised.delta:g}.",
                 f"One more child was recognised in {100 * rates.hit_rate:.1f} % of {rates.with_canary:,} outputs, and wrongly in "
                 f"{100 * rates.alarm_rate:.1f} % of {rates.without:,}, after learning on {found.runs - rates.with_canary - rates.without:,} others.",
                 f"With {100 * found.confidence:g} % confidence epsilon is at least {found.epsilon:.3f}."]
        if promised.mu is not None and found.epsilon_if_gaussian is not None:
            lines.append(f"Taken as Gaussian noise: mu is at least {found.mu:.4f} (declared {promised.mu:.4f}), "
                         f"epsilon at least {found.epsilon_if_gaussian:.3f}.")
        lines.append(f"A category held by one child came out in {labels.shown:,} of {labels.runs:,} outputs "
                     f"(at most {100 * labels.rate:.2g} % with {100 * labels.confidence:g} % confidence).")
        lines.append("More is given away than was declared. Do not release with it." if self.exceeded
                     else "Nothing was found beyond what was declared.")
        return "\n".join(lines)

    def json(self) -> dict[str, Any]:
        """Everything, as plain values."""
        return {"mechanism": self.name, "canary": {**asdict(self.canary), "exceeded": self.canary.exceeded},
                "labels": {**asdict(self.labels), "exceeded": self.labels.exceeded}, "exceeded": self.exceeded}
