"""Thin help for calling Switchyard from Python, over the generated stubs of `switchyard.v1`.

- `client`: the channel, the services, the listings
- `calls`: what every call goes through
- `retry`: which calls are made again, read from `service_config.json`
- `errors`: what the server tells of an error
- `pages`: listings, page by page
- `watch`: events over disconnects
- `streaming`: a stream of tickets over disconnects
- `agreement`: how people took the desk's advice, as a table
"""

from switchyard.client.agreement import agreement_report
from switchyard.client.client import Client
from switchyard.client.errors import SwitchyardError, Violation, from_item, raise_for_item
from switchyard.client.retry import service_config
from switchyard.client.watch import Listing, Watch

__all__ = [
    "Client",
    "Listing",
    "SwitchyardError",
    "Violation",
    "Watch",
    "agreement_report",
    "from_item",
    "raise_for_item",
    "service_config",
]
