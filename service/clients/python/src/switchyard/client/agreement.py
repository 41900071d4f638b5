"""How people took the desk's advice, as a table to read."""

from __future__ import annotations

from typing import NamedTuple

from switchyard import v1


class Words(NamedTuple):
    """What the report says, in one language."""

    heads: tuple[str, ...]
    any_team: str
    total: str
    nothing: str


ENGLISH = Words(
    heads=("team", "day", "given", "to the advised", "to one of five", "nobody was free"),
    any_team="(any)",
    total="total",
    nothing="Nobody was given an advised ticket in this time.",
)
CHINESE = Words(
    heads=("团队", "日期", "人工分派", "与建议一致", "在前五名内", "当时无人可选"),
    any_team="（任意）",
    total="合计",
    nothing="这段时间内没有人工分派过已建议的工单。",
)


def agreement_report(response: v1.GetAgreementResponse, language: str = "en") -> str:
    """A table by team and day, with shares of the tickets that people gave to somebody."""
    words = CHINESE if language.lower().startswith("zh") else ENGLISH
    if not response.total.n_taken:
        return words.nothing
    rows = [words.heads]
    rows += [_row(row.team or words.any_team, row) for row in response.rows]
    rows.append(_row(words.total, response.total))
    return _table(rows)


def _row(team: str, row: v1.Agreement) -> tuple[str, ...]:
    shares = (_share(part, row.n_taken) for part in (row.n_first, row.n_listed, row.n_nobody))
    return (team, row.date, str(row.n_taken), *shares)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else str(part)


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    padded = [text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns on a terminal, where a Chinese character takes two."""
    return sum(2 if ord(character) >= 0x1100 else 1 for character in text)
