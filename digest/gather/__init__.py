"""The first step: bytes from the world become drafts of articles.

``fetching`` gets the bytes, ``decode`` makes text of them, ``feed``, ``page`` and ``documents`` find the
articles, and ``lines`` removes what is no part of one, by the words in ``phrases``. ``drafts`` has the jobs
that are done on what strangers wrote, ``children`` the processes in which they run.
"""
