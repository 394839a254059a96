"""``docs/digest.png``: the sample's last digest as a chat shows it, from the message's own HTML.

Needs a Chromium on the machine:  python -m tests.quality.picture
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops
from rich.console import Console
from rich.progress import Progress

from bot.operate.demonstrate import demo_digest
from bot.operate.formats import digest_text
from bot.pages.digest import Occasion

from .command import command

DOCS = Path(__file__).resolve().parents[2] / "docs"
TARGET = DOCS / "digest.png"
_TALL = 2600  # pixels; what is empty below is cut off
_MARGIN = 14
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #a9c4a0;
       font: 16px/1.4 Inter, "Liberation Sans", sans-serif, "Noto Color Emoji"; }}
div {{ margin: 18px; padding: 12px 16px; width: 600px; background: #fff; border-radius: 14px;
      white-space: pre-wrap; box-shadow: 0 1px 2px #0003; }}
blockquote {{ margin: 4px 0; padding: 4px 10px; border-left: 3px solid #3d8fd1; background: #3d8fd114;
             border-radius: 5px; }}
a {{ color: #2a7ab8; text-decoration: none; }}
</style><div>{message}</div>"""


def main() -> None:
    """Draw the picture anew."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        digest, asked = asyncio.run(demo_digest(None, progress))
    occasion = Occasion(asked.zone, asked.end, asked.end)
    message = digest_text(digest, occasion, lambda article, _: article.url, "html")
    shoot(_PAGE.format(message=message), TARGET, width=670)


def shoot(page: str, target: Path, *, width: int) -> None:
    """A picture of an HTML page as far down as it says something, in 255 colours: a quarter of the size."""
    browser = shutil.which("chromium") or sys.exit("no chromium on this machine")
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--hide-scrollbars", f"--window-size={width},{_TALL}", f"--user-data-dir={folder}/profile",
             f"--screenshot={shot}", source.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        with Image.open(shot) as image:
            whole = image.convert("RGB")
    ground = Image.new("RGB", whole.size, whole.getpixel((0, whole.height - 1)))
    box = ImageChops.difference(whole, ground).getbbox()
    assert box is not None, "the page is empty"
    cut = whole.crop((0, 0, width, min(whole.height, box[3] + _MARGIN)))
    cut.quantize(255).save(target, optimize=True)


if __name__ == "__main__":
    command(__doc__).parse_args()
    main()
