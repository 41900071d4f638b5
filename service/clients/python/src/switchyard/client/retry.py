"""Which calls may be made again, and when: what `service_config.json` says.

The file is a gRPC service config, so clients in other languages can go by it as it stands.
This client reads it and makes the calls again itself, because gRPC does not mind the time to
wait that the server tells in `google.rpc.RetryInfo`.
"""

from __future__ import annotations

import importlib.resources
import json
import random
from dataclasses import dataclass
from typing import Any

import grpc

from switchyard.client.errors import SwitchyardError

# How far a delay is moved at random, as a share of it, so that callers do not come back together.
JITTER = 0.2


def service_config() -> str:
    """The gRPC service config, as the text of a JSON object."""
    return importlib.resources.files("switchyard.client").joinpath("service_config.json").read_text()


@dataclass(frozen=True)
class RetryPolicy:
    """How often and when one method may be called again."""

    attempts_max: int
    first_delay: float
    delay_max: float
    multiplier: float
    codes: frozenset[str]

    def delay_after(self, n_failed: int, error: SwitchyardError) -> float | None:
        """Seconds to wait after so many failures; `None` when the call is not to be made again."""
        if n_failed >= self.attempts_max or not self.covers(error):
            return None
        return self.backoff(n_failed, error)

    def covers(self, error: SwitchyardError) -> bool:
        """Whether another attempt can end differently."""
        # A message that is too large is too large again: overload is told with a time to wait.
        is_overload = error.retry_delay is not None
        return error.code.name in self.codes and (
            is_overload or error.code is not grpc.StatusCode.RESOURCE_EXHAUSTED
        )

    def backoff(self, n_failed: int, error: SwitchyardError | None = None) -> float:
        """Seconds to wait after so many failures, and never less than the server asks for."""
        # The exponent is bounded because a watcher may fail for days.
        delay = min(self.first_delay * self.multiplier ** min(n_failed - 1, 30), self.delay_max)
        asked_for = error.retry_delay if error else None
        return max(delay * random.uniform(1 - JITTER, 1 + JITTER), asked_for or 0.0)


def read_policies(config: str) -> dict[str, RetryPolicy]:
    """The policy of each method that has one, by its path such as `/switchyard.v1.DeskService/Assign`."""
    policies: dict[str, RetryPolicy] = {}
    for entry in json.loads(config)["methodConfig"]:
        if "retryPolicy" in entry:
            policy = _policy(entry["retryPolicy"])
            policies |= {f"/{name['service']}/{name['method']}": policy for name in entry["name"]}
    return policies


def _policy(stated: dict[str, Any]) -> RetryPolicy:
    return RetryPolicy(
        attempts_max=stated["maxAttempts"],
        first_delay=_seconds(stated["initialBackoff"]),
        delay_max=_seconds(stated["maxBackoff"]),
        multiplier=stated["backoffMultiplier"],
        codes=frozenset(stated["retryableStatusCodes"]),
    )


def _seconds(duration: str) -> float:
    """Reads a duration as protobuf's JSON writes it, such as `0.1s`."""
    return float(duration.removesuffix("s"))


POLICIES = read_policies(service_config())

# What streams go by when they are opened again: the same for every method.
STREAMS = next(iter(POLICIES.values()))
