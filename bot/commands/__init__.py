"""The commands of the chat, one module each.

What they share: ``scopes`` says who may use which command where, and ``router`` runs it. ``words`` answers
text without a slash, with the help of ``names``, ``unslashed``, ``offers`` and ``beforehand``. ``asked`` and
``meaning`` keep open questions, ``last_digest`` finds the digest that a number refers to, and ``told``,
``confirmation`` and ``refusing`` make parts of replies. ``membership`` is no command: the bot was added or
removed.
"""
