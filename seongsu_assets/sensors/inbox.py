"""The drop folder: a file that comes to stand in it is taken in, without anybody's command.
The files are read by the source itself; here only their times are looked at."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.domain import Domain, Window
from seongsu_assets.jobs import AssetJob, job_name, over
from seongsu_assets.sources.folder import Folder


def inbox_sensor(domain: Domain, jobs: Sequence[AssetJob]) -> dg.SensorDefinition:
    """Remembers the newest file's time. One that is still being written moves: it waits for a tick
    at which nothing moved."""
    folders = [source.folder for source in domain.sources if isinstance(source, Folder)]

    @dg.sensor(
        name=f"{domain.name}_inbox",
        jobs=[job for job in jobs if job.name == job_name(domain, "ingest")],
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="takes in new files of the drop folder",
    )
    def sensor(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        before: dict[str, int] = json.loads(context.cursor or "{}")
        newest = max(map(newest_file, folders), default=0)
        still = before.get("seen", 0) == newest
        taken = before.get("taken", 0)
        new = newest > taken
        context.update_cursor(
            json.dumps({"seen": newest, "taken": newest if still and new else taken})
        )
        if not new:
            yield dg.SkipReason("no new file")
        elif not still:
            yield dg.SkipReason("a new file, perhaps still being written")
        else:
            last = domain.cadence.newest(clock.now())
            # Every file is read whatever day is asked for; what it holds is told day by day later.
            mine = {"domain": domain.name}
            stage = job_name(domain, "ingest")
            yield dg.RunRequest(job_name=stage, tags=over(Window(last, last)) | mine)

    return sensor


def newest_file(folder: Path) -> int:
    """When the newest file came to stand there, in ns; 0 where there is none. Hidden and `*.part`
    files are not there yet."""
    if not folder.is_dir():
        return 0
    return max(
        (
            path.stat().st_ctime_ns
            for path in folder.iterdir()
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".part"
        ),
        default=0,
    )
