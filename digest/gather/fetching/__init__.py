"""The way to the network: politely, within limits, and never to private addresses."""
