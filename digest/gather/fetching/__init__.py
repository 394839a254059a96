"""The way to the network: politely, within limits, and nowhere inside the house."""
