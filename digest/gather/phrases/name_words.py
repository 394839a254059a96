"""Words that names are made of: capitals, and particles such as "von"."""

PARTICLES = frozenset(
    """
    de da do dos das del della der den di la le van von vom bin ibn al el ben ul zu y e et and und ve и та
    with mit avec con & i du des
    """.split()
)


def is_name_word(token: str) -> bool:
    """Whether a name may hold the word: it has a capital and no digit, or is a particle."""
    bare = token.strip("'\"“”‘’«»„.,")
    if bare.casefold() in PARTICLES:
        return True
    return bare[:1].isalpha() and not bare[0].islower() and not any(sign.isdigit() for sign in bare)
