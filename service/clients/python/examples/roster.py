"""The 200 agents of the first integration, as messages and as the CSV of `switchyard roster import`."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from switchyard import v1

TEAMS = ("orders", "returns", "technical")
N_AGENTS = 200
CAPACITY = 30
TIME_ZONE = "Asia/Shanghai"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# They overlap, so that at every hour somebody of each team is there for a while yet.
SHIFTS = (("06:00", "15:00"), ("14:00", "23:00"), ("22:00", "07:00"))

COLUMNS = ("id", "name", "teams", "languages", "capacity", "time_zone", "days", "start", "end")


@dataclass(frozen=True)
class Seat:
    """One agent."""

    id: str
    team: str
    shift: tuple[str, str]

    def message(self) -> v1.Agent:
        hours = v1.WeeklyShift(days=DAYS, start=self.shift[0], end=self.shift[1])
        return v1.Agent(
            id=self.id,
            display_name=self.id.replace("agent-", "Agent "),
            teams=[self.team],
            languages=["zh-Hans", "en"],
            capacity=v1.Capacity(total=CAPACITY),
            rota=v1.Rota(time_zone=TIME_ZONE, shifts=[hours]),
        )

    def row(self) -> dict[str, str]:
        return {
            "id": self.id,
            "name": self.id.replace("agent-", "Agent "),
            "teams": self.team,
            "languages": "zh-Hans;en",
            "capacity": str(CAPACITY),
            "time_zone": TIME_ZONE,
            "days": ";".join(DAYS),
            "start": self.shift[0],
            "end": self.shift[1],
        }


def hours(agent: v1.Agent) -> set[tuple[str, str, str]]:
    """Which hours of which days; the server may group days otherwise than they were sent."""
    return {(day, shift.start, shift.end) for shift in agent.rota.shifts for day in shift.days}


def seats() -> list[Seat]:
    """Teams and shifts in turn, so that every team has every shift."""
    return [Seat(f"agent-{n:03}", TEAMS[n % 3], SHIFTS[n // 3 % 3]) for n in range(N_AGENTS)]


def to_csv(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


# A row (counted from 1, the heading being the first), a column, and what must not stand there.
BAD_CELLS = ((5, "capacity", "thirty"), (42, "end", "25:00"))


def bad_csv() -> str:
    """The roster with cells that cannot be read."""
    rows = [seat.row() for seat in seats()]
    for line, column, text in BAD_CELLS:
        rows[line - 2][column] = text
    return to_csv(rows)


def good_csv() -> str:
    return to_csv([seat.row() for seat in seats()])
