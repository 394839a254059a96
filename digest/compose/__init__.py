"""The fourth step: stories and one chat's wish become a digest. Pure functions: equal input, equal digest.

``edition`` prepares one snapshot of the store for all chats, and ``compose`` makes the digest of one wish
from it: ``matching`` says which stories fit it, ``rank`` orders them, ``tell`` chooses their sentences,
``answer`` adds who denies them and ``caveat`` what turns against them, ``differ`` finds accounts that
contradict each other, ``coming`` what is announced. ``due`` says when a digest is due. The other modules
make what is shown on request or at once: ``alert``, ``brief``, ``card``, ``ahead``, ``quoted``, ``volume``.
"""
