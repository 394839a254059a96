"""The words of the project, as frozen values; every instant is an aware UTC datetime.

A type per stage, in the order of the way that news takes: ``sources`` are asked, what comes is
``gathered``, read into ``articles``, placed in ``stories`` and told in ``digests`` to ``chats``, as
``messages`` whose ``delivery`` is recorded; ``work`` is what processes hand each other.
"""
