"""Switchyard for Python: the contract in `switchyard.v1`, the client in `switchyard.client`."""
