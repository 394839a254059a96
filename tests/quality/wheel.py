"""A smoke test of the built wheel in an empty environment: what is not declared is not there."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from .command import command

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Build the wheel, install it with the locked versions, and show the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder)
        build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
        _run(*build, str(ROOT))
        (wheel,) = empty.glob("*.whl")
        venv.create(empty / "env", with_pip=True)
        python = empty / "env" / "bin" / "python"
        constraints = empty / "constraints.txt"
        constraints.write_text(_versions(), encoding="utf-8")
        _run(str(python), "-m", "pip", "install", "--quiet", "-c", str(constraints), str(wheel))
        _run(str(python.with_name("attache")), "demo", cwd=empty)
    print("the wheel works in an empty environment")


def _versions() -> str:
    """The versions of the lock, without hashes: the wheel itself has none."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return "\n".join(
        line.split(" ")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))
    )


def _run(*command: str, cwd: Path = ROOT) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


if __name__ == "__main__":
    command(__doc__).parse_args()
    main()
