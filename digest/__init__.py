"""The engine: from what outlets publish to what one chat is told. It knows neither Telegram nor SQL.

Data flows one way through five packages, each of which may use those before it::

    gather   bytes from the world become drafts of articles
    read     what one article says: sentences, topics, countries, people, quotations
    relate   articles become stories; copies are found
    compose  stories and one chat's wish become a digest
    deliver  digests are queued and sent, each once

``ingest`` runs the first three for whatever arrives. ``model`` has the values that pass between them,
``ports`` what the engine needs from the outside, ``errors`` what can go wrong.
"""
