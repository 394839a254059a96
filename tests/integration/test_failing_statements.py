"""What a real database says of a statement that fails, in a sentence that tells what to do."""

import pytest
from sqlalchemy import text

from digest.errors import StoreError
from storage import make_engine
from storage.database.engine import writing


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT * FROM nowhere", "has no tables yet"),
        ("SELECT unheard FROM part", "has the tables of another version"),
        ("INSERT INTO part (unheard) VALUES (1)", "has the tables of another version"),
        ("INSERT INTO part DEFAULT VALUES", "failed: .*(?i:not[- ]null constraint)"),
        ("SELECT unheard(1)", "failed: .*function"),
    ],
)
async def test_a_statement_that_fails_is_no_missing_table(
    database_url: str, statement: str, told: str
) -> None:
    engine = make_engine(database_url)
    with pytest.raises(StoreError, match=told) as raised:
        async with writing(engine) as connection:
            await connection.execute(text(statement))
    assert "\n" not in str(raised.value)
    await engine.dispose()
