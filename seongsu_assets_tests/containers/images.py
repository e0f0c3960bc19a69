"""The images of a composed stack: ours, built; those of others, pulled or stood in for.
What they do together is for the proof."""

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from seongsu_assets_tests.containers.engine import FOLDER
from seongsu_assets_tests.supabase_like import BINARY

ROOT = Path(__file__).parents[2]
STANDINS = Path(__file__).parent / "standins"
COMPOSE = ROOT / "docker" / "compose.yaml"
WORKERS = ROOT / "docker" / "compose.workers.yaml"
OURS, BASE = "daily-seongsu:local", "python:3.11-slim-bookworm"
_DEBIAN = ("python3", "python3-venv", "python3-pip", "ca-certificates", "adduser")
#: Grafana is in no package: its service is not started where its image cannot be pulled.
NOWHERE = "grafana"


@dataclass
class Docker:
    """The engine's client. `stood_in` collects the images that could not be pulled."""

    environment: dict[str, str] = field(repr=False)
    stood_in: list[str] = field(default_factory=list[str])

    def __call__(self, *words: object, **more: str) -> str:
        """What `docker` prints. Raises RuntimeError with its last words."""
        done = subprocess.run(
            ["docker", *map(str, words)], env=self.environment | more, cwd=ROOT,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"docker {words[0]}: {(done.stdout + done.stderr)[-3000:]}")
        return done.stdout

    def has(self, image: str) -> bool:
        return bool(self("images", "--quiet", image).strip())


def ready(docker: Docker) -> None:
    """Every image of both files is there but those of NOWHERE: pulled, or stood in for."""
    if not _pulled(docker, BASE):
        _stand_in_for_base(docker)
    docker("build", "--quiet", "--tag", OURS, "--file", ROOT / "docker" / "Dockerfile", ROOT)
    files = (yaml.safe_load(each.read_text())["services"] for each in (COMPOSE, WORKERS))
    for name, service in ((name, each) for services in files for name, each in services.items()):
        image = str(service.get("image", OURS))
        if "daily-seongsu" in image or _pulled(docker, image):
            continue
        docker.stood_in.append(image)
        if name != NOWHERE:
            _stand_in(docker, image, "nginx" if name == "gateway" else name)


def _pulled(docker: Docker, image: str) -> bool:
    if docker.has(image):
        return True
    try:
        docker("pull", "--quiet", image)
    except RuntimeError:
        return False
    return True


def _stand_in_for_base(docker: Docker) -> None:
    """Debian with its Python, made from its packages."""
    docker.stood_in.append(BASE)
    if not docker.has("seongsu-standin:debian"):
        if not shutil.which("mmdebstrap"):
            subprocess.run(["apt-get", "install", "-y", "-qq", "mmdebstrap"], check=True)
        archive = FOLDER / "debian.tar"
        asked = ["mmdebstrap", "--variant=minbase", f"--include={','.join(_DEBIAN)}", "bookworm"]
        subprocess.run([*asked, archive], check=True, capture_output=True)
        docker("import", archive, "seongsu-standin:debian")
        archive.unlink()
    _stand_in(docker, BASE, "base")


#: What a stand-in's folder lacks, and where it is on this machine.
_USR = FOLDER / "root" / "usr"
_PARTS = {
    "base": (Path("/etc/ssl/certs/ca-certificates.crt"),),
    "postgrest": (BINARY,),
    "alertmanager": (
        _USR / "bin" / "prometheus-alertmanager",
        *(_USR / "share" / "prometheus" / "alertmanager" / f"{name}.tmpl"
          for name in ("default", "email")),
    ),
}  # fmt: skip


def _stand_in(docker: Docker, image: str, name: str) -> None:
    place = FOLDER / "standins" / name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(STANDINS / name, place)
    for part in _PARTS.get(name, ()):
        shutil.copy(part, place)
    docker("build", "--quiet", "--tag", image, place)


def about(docker: Docker, image: str) -> dict[str, object]:
    """What the engine knows of an image."""
    return json.loads(docker("image", "inspect", image))[0]
