"""``docs/digest.png``: the sample's last digest as a chat shows it, from the message's own HTML.

Needs a Chromium on the machine:  python -m tests.quality.picture
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.demonstrate import tell
from bot.formats import digest_text
from bot.render import Occasion

TARGET = Path(__file__).resolve().parents[2] / "docs" / "digest.png"
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #a9c4a0; font: 16px/1.4 Inter, "Noto Color Emoji", sans-serif; }}
div {{ margin: 18px; padding: 12px 16px; width: 600px; background: #fff; border-radius: 14px;
      white-space: pre-wrap; box-shadow: 0 1px 2px #0003; }}
blockquote {{ margin: 4px 0; padding: 4px 10px; border-left: 3px solid #3d8fd1; background: #3d8fd114;
             border-radius: 5px; }}
a {{ color: #2a7ab8; text-decoration: none; }}
</style><div>{message}</div>"""


def main() -> None:
    """Draw the picture anew."""
    browser = shutil.which("chromium") or sys.exit("no chromium on this machine")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        digest, asked = asyncio.run(tell(None, progress))
    occasion = Occasion(asked.zone, asked.end, asked.end)
    message = digest_text(digest, occasion, lambda article, _: article.url, "html")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "digest.html"
        page.write_text(_PAGE.format(message=message), encoding="utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--disable-background-networking", "--window-size=670,1480",
             f"--user-data-dir={folder}/profile", f"--screenshot={TARGET}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
