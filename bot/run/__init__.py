"""The running processes, put together of concrete classes.

``serve`` runs one until it is told to stop, in the roles that it has: ``answering`` (people), ``working``
(fetching, reading, composing) and ``delivering`` (sending). ``wiring`` is the composition root,
``scheduler`` the clockwork of ticks, ``door`` the HTTP port for health, metrics and the webhook.
"""
