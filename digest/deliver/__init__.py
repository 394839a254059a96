"""The last room: digests and alerts are queued for those they are for, and what is queued gets sent, once.

``queueing`` and ``alerts`` write to the ledger, ``flush`` sends what stands there; who runs them says when.
"""
