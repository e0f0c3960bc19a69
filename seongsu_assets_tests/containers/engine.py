"""A Docker engine: the machine's own, or Debian's packages unpacked into a folder and run from it.
What runs in it is not its business."""

import os
import shutil
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

#: Everything that is fetched and built stays here: a second proof takes a minute less.
FOLDER = Path("/var/tmp/seongsu-engine")
#: Debian 12 has an engine without BuildKit's compose; these are of the release after it.
NEWER = ("docker.io", "docker-cli", "docker-compose", "docker-buildx", "containerd",
         "prometheus-alertmanager")  # fmt: skip
#: These need a newer C library there.
OWN = ("runc", "tini")
START_SECONDS = 60.0


@contextmanager
def engine() -> Generator[dict[str, str]]:
    """The environment in which `docker` answers. Raises RuntimeError where none can be had."""
    if answers(dict(os.environ)):
        yield dict(os.environ)
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise RuntimeError("no Docker engine answers, and only root on Debian can unpack one")
    root = unpacked()
    environment = {
        **os.environ,
        "PATH": f"{root}/usr/sbin:{root}/usr/bin:{os.environ['PATH']}",
        "DOCKER_HOST": f"unix://{FOLDER}/docker.sock",
        "DOCKER_CONFIG": str(FOLDER / "config"),
    }
    with (FOLDER / "dockerd.log").open("ab") as log:
        daemon = subprocess.Popen(
            [f"{root}/usr/sbin/dockerd", "--data-root", FOLDER / "data", "--exec-root",
             FOLDER / "exec", "--host", environment["DOCKER_HOST"], "--pidfile",
             FOLDER / "docker.pid"],
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(environment):
            if daemon.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"dockerd does not answer; see {FOLDER}/dockerd.log")
            time.sleep(0.2)
        yield environment
    finally:
        daemon.terminate()
        daemon.wait(60)


def answers(environment: dict[str, str]) -> bool:
    """Whether an engine answers in this environment."""
    if not shutil.which("docker", path=environment["PATH"]):
        return False
    asked = ["docker", "version", "--format", "{{.Server.Version}}"]
    return subprocess.run(asked, env=environment, capture_output=True, check=False).returncode == 0


def unpacked() -> Path:
    """The folder with the programs of the packages, installed nowhere."""
    root = FOLDER / "root"
    if not shutil.which("iptables"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "iptables"], check=True)
    if not (FOLDER / "config").exists():
        FOLDER.mkdir(exist_ok=True)
        for packages, settings in ((NEWER, _newer()), (OWN, None)):
            place = FOLDER / "packages"
            place.mkdir(exist_ok=True)
            environment = os.environ | ({"APT_CONFIG": str(settings)} if settings else {})
            if settings:
                subprocess.run(["apt-get", "update", "-qq"], env=environment, check=True)
            asked = ["apt-get", "download", "-qq", *packages]
            subprocess.run(asked, cwd=place, env=environment, check=True)
        for package in (FOLDER / "packages").glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, root], check=True)
        plugins = FOLDER / "config" / "cli-plugins"
        plugins.parent.mkdir()
        plugins.symlink_to(root / "usr" / "libexec" / "docker" / "cli-plugins")
    return root


def _newer() -> Path:
    """Settings of apt for the release after this machine's, from the same place as its own."""
    state = FOLDER / "apt"
    (state / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    (state / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    known = Path("/etc/apt/sources.list.d/debian.sources").read_text()
    wanted = known.replace("bookworm-updates", "").replace("bookworm", "trixie")
    (state / "newer.sources").write_text(wanted)
    settings = state / "apt.conf"
    settings.write_text(
        f'Dir::State "{state}"; Dir::State::status "/var/lib/dpkg/status"; Dir::Cache "{state}";'
        f'Dir::Etc::sourcelist "{state}/newer.sources"; Dir::Etc::sourceparts "-";\n'
    )
    return settings
