"""The last step: digests and alerts are queued for those who are due, and what is queued is sent, once.

``queueing`` and ``alerts`` write to the ledger, ``flush`` sends what stands there. Who calls them decides
when. ``sound`` keeps a story at which composing breaks from costing anybody their digest.
"""
