"""The values that pass between the steps, frozen; every instant is an aware UTC datetime.

There is a type for each stage, in the order in which news travels: ``sources`` are asked, what comes is
``gathered``, read into ``articles``, placed in ``stories``, and told in ``digests`` to ``chats``, as
``messages`` whose ``delivery`` is recorded. ``work`` is what processes hand each other.
"""
