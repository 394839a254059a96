"""Sentences by language, as cases of a test."""


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, sentence) for language, rows in table.items() for sentence in rows]
