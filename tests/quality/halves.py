"""Which rows may be looked at while constants are chosen: the others are what is reported."""

import hashlib
from pathlib import Path

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def is_tuning(identity: str) -> bool:
    """Whether a row belongs to the tuning half: its id hashes to an even number."""
    return hashlib.blake2b(identity.encode(), digest_size=1).digest()[0] % 2 == 0
