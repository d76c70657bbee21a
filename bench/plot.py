"""Draws what `bench.knowledge` measured: how right each engine is, against how long it takes."""

from collections.abc import Mapping
from pathlib import Path

PANELS = (("last three turns", "three turns"), ("whole conversations", "conversations"))


def draw(rows: Mapping[str, Mapping[str, float]], file: Path) -> None:
    """Write an SVG with a panel for each kind of question; up and to the left is better."""
    from matplotlib import pyplot

    pyplot.rcParams["svg.hashsalt"] = "secondchair"  # the same figures give the same file
    figure, axes = pyplot.subplots(1, len(PANELS), figsize=(9, 3.4), sharey=True, layout="constrained")
    for axis, (title, prefix) in zip(axes, PANELS, strict=True):
        for name, figures in rows.items():
            low, high = figures[f"{prefix} ms p50"], figures[f"{prefix} ms p95"]
            right = figures[f"{prefix} nDCG@10"]
            axis.plot([low, high], [right, right], linewidth=1, color="0.6", zorder=1)
            axis.scatter([low], [right], s=36, zorder=2)
            axis.annotate(name, (low, right), textcoords="offset points", xytext=(5, 6), fontsize=9)
        axis.set(xscale="log", title=f"DSTC11, {title}", xlabel="milliseconds a question, p50 and (line) p95")
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("nDCG@10")
    figure.savefig(file, metadata={"Date": None})
