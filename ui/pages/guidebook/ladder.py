"""The ten levels of a forecasting platform, from the least to the most, and where each lives here.
The texts are in words/; what is true right now of a level is in `proofs`."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from ui.pages.guidebook import links
from ui.pages.guidebook.listed import named
from ui.show import parts
from ui.strings import Words


@dataclass(frozen=True)
class Level:
    """Where a level lives: modules, stages of the graph, pages of the app, a command."""

    code: tuple[str, ...]
    stages: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    command: str = ""


#: The least first.
LADDER = (
    Level(("forecasting/baselines.py",), pages=("right",)),
    Level(
        ("jobs.py", "sources/"), ("raw", "weather_forecast"), ("sources",), "seongsu run {domain}"
    ),
    Level(("warehouse/payloads.py", "ingest.py"), ("raw",), command="seongsu reread {domain}"),
    Level(
        ("expectations.py", "assets/audit.py", "warehouse/quarantine.py"),
        ("raw", "observations"), ("sources",), "seongsu import",
    ),
    Level(
        ("forecasting/features.py", "assets/features.py"), ("calendar", "features"),
        command="seongsu backfill {domain}",
    ),
    Level(
        ("forecasting/rolling.py", "forecasting/backtest.py"), ("challenger", "accuracy"),
        ("right",), "seongsu backtest {domain}",
    ),
    Level(
        ("forecasting/intervals.py", "forecasting/levels.py"), ("forecasts",), ("now", "model")
    ),
    Level(
        ("snapshots.py", "forecasting/promotion.py"), ("challenger", "champion"), ("model",),
        "seongsu reproduce",
    ),
    Level(
        ("forecasting/drift.py", "sensors/", "watching/", "alerts/"), ("drift", "status"),
        ("sources",), "seongsu status",
    ),
    Level(
        ("assets/accuracy.py", "api/", "warehouse/migrations/"), ("published", "accuracy"),
        ("now", "when", "right", "operator", "rehearsal"), "seongsu serve",
    ),
)  # fmt: skip


def ladder(proofs: Mapping[int, str], domain: str, t: Words) -> str:
    """Each level by its number; `proofs` has sentences of those of which something is known."""
    inner = "".join(
        _level(number, level, proofs.get(number, ""), domain, t)
        for number, level in enumerate(LADDER, 1)
    )
    return parts.block("ladder", f"<ol>{inner}</ol>", t)


def _level(number: int, level: Level, proof: str, domain: str, t: Words) -> str:
    rows = [
        (t("ladder.stages"), ", ".join(named(each, t) for each in level.stages)),
        (t("ladder.pages"), ", ".join(links.page(each, t) for each in level.pages)),
        (t("ladder.code"), " ".join(_code(each) for each in level.code)),
        (t("ladder.command"), _code(level.command.format(domain=domain))),
    ]
    where = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in rows if said
    )
    now = f'<p class="proof"><b>{t("ladder.now")}</b> {escape(proof)}</p>' if proof else ""
    return (
        f'<li><h3><span class="place" aria-hidden="true">{number}</span> '
        f"{escape(t(f'ladder.{number}'))}</h3><p>{escape(t(f'ladder.{number}.text'))}</p>{now}"
        f"<dl>{where}</dl></li>"
    )


def _code(text: str) -> str:
    return f'<code lang="en">{escape(text)}</code>' if text else ""
