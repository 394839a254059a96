"""``docs/quality.png``: ROUGE against time, ours beside the lead and sumy's methods.

python -m tests.quality.plot
"""

from pathlib import Path

from matplotlib.figure import Figure as Plot

from .command import command
from .halves import CORPORA
from .summaries import by_count, measure, rows

TARGET = Path(__file__).resolve().parents[2] / "docs" / "quality.png"
METHODS = ("lead", "attache", "lexrank", "textrank", "lsa", "luhn", "sumbasic", "kl")


def main() -> None:
    """Draw the plot anew from the held-out half of the clean single articles."""
    data = list(rows(CORPORA / "summaries" / "cnndm_frank.jsonl"))
    figures = [measure(name, data, by_count(name, 3)) for name in METHODS]
    plot = Plot(figsize=(7, 4), layout="constrained")
    axes = plot.subplots()
    for figure in figures:
        is_ours = figure.method == "attache"
        time = max(figure.milliseconds, 0.01)
        axes.errorbar(
            time,
            figure.rouge1,
            figure.spread1,
            fmt="o",
            color="#3d8fd1" if is_ours else "#777",
            alpha=0.9,
        )
        below = figure.method == "lsa"  # as good and as slow as textrank, whose label stands above
        axes.annotate(
            figure.method,
            (time, figure.rouge1),
            textcoords="offset points",
            xytext=(7, -12 if below else 4),
        )
    axes.set_xscale("log")
    axes.set_xlabel("CPU milliseconds an article")
    axes.set_ylabel("ROUGE-1 F1 x 100, three sentences")
    axes.grid(alpha=0.3)
    plot.savefig(TARGET, dpi=110)


if __name__ == "__main__":
    command(__doc__).parse_args()
    main()
