"""The 30 labels of a backend's own, and the policy that is written with them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Label(NamedTuple):
    """A category as the backend calls it."""

    id: str
    team: str
    # From 0 (trifle) to 100 (grave).
    severity: int
    # The model's labels that mean it; none: only the backend tells it.
    model_labels: tuple[str, ...] = ()


LABELS = (
    Label("ord-cancel", "orders", 45, ("order.cancel",)),
    Label("ord-change", "orders", 40, ("order.modify",)),
    Label("ord-wrong-item", "orders", 50, ("order.wrong_or_missing_item",)),
    Label("ord-bulk", "orders", 30),
    Label("ord-stock", "orders", 10),
    Label("ship-where", "orders", 20, ("logistics.tracking",)),
    Label("ship-late", "orders", 50, ("logistics.delay_or_lost",)),
    Label("ship-damaged", "orders", 55, ("logistics.damaged",)),
    Label("pre-sale", "orders", 15, ("presales.inquiry",)),
    Label("promo", "orders", 20, ("billing.promotion",)),
    Label("ret-send-back", "returns", 35, ("returns.return",)),
    Label("ret-exchange", "returns", 35, ("returns.exchange",)),
    Label("ret-refund", "returns", 50, ("returns.refund",)),
    Label("ret-chargeback", "returns", 60),
    Label("pay-problem", "returns", 65, ("billing.payment",)),
    Label("pay-invoice", "returns", 25, ("billing.invoice",)),
    Label("not-as-shown", "returns", 50, ("product.not_as_described",)),
    Label("wrong-size", "returns", 15, ("product.size_or_fit",)),
    Label("complaint", "returns", 70, ("feedback.complaint",)),
    Label("idea", "returns", 5, ("feedback.suggestion",)),
    Label("dev-broken", "technical", 60, ("product.defect",)),
    Label("dev-how-to", "technical", 15, ("product.usage",)),
    Label("dev-repair", "technical", 50, ("service.repair",)),
    Label("dev-warranty", "technical", 30, ("service.warranty",)),
    Label("acc-login", "technical", 55, ("account.access", "technical.access_request")),
    Label("acc-profile", "technical", 30, ("account.profile",)),
    Label("it-software", "technical", 55, ("technical.software",)),
    Label("it-hardware", "technical", 60, ("technical.hardware",)),
    Label("it-network", "technical", 65, ("technical.network",)),
    Label("misc", "technical", 0, ("other",)),
)

HEAD = """\
schema = 1
# The categories below are ours; each tells which labels of the model mean it.
labels = "own"
default_team = "technical"

[routing]
min_shift_left = "15m"
"""


def policy(assigning: Collection[str]) -> str:
    """The policy in which the named teams are assigned their tickets, and the others are advised."""
    teams = dict.fromkeys(label.team for label in LABELS)
    parts = [HEAD, *(_team(id, "assign" if id in assigning else "advise") for id in teams)]
    return "\n".join(parts + [_category(label) for label in LABELS])


def _team(id: str, mode: str) -> str:
    return f'[[team]]\nid = "{id}"\nmode = "{mode}"\ndispatch = "push"\n'


def _category(label: Label) -> str:
    lines = ["[[category]]", f'id = "{label.id}"', f"severity = {label.severity}", f'team = "{label.team}"']
    if label.model_labels:
        named = ", ".join(f'"{one}"' for one in label.model_labels)
        lines.append(f"model_labels = [{named}]")
    return "\n".join(lines) + "\n"


# What is written wrongly, and in place of what.
MISTAKES = (
    ('min_shift_left = "15m"', 'min_shift_left = "a quarter"'),
    ('mode = "advise"', 'mode = "advice"'),
    ("severity = 45", "severity = 450"),
)
# What only the model can tell to be wrong.
NO_LABEL = "returns.refnd"


def broken_policy() -> tuple[str, list[int]]:
    """A policy with mistakes, and the lines on which they are, counted from 1."""
    text = policy(assigning=())
    for right, wrong in MISTAKES:
        text = text.replace(right, wrong, 1)
    lines = text.splitlines()
    return text, [lines.index(wrong) + 1 for _, wrong in MISTAKES]


def policy_with_unknown_label() -> str:
    """A policy that names a label which the model does not have."""
    return policy(assigning=()).replace("returns.refund", NO_LABEL)
