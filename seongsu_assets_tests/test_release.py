"""A release serves, or the one before it does: `deploy/release.sh` with a docker that is acted.
No container is run here."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OLD, NEW = (f"registry.example/seongsu@sha256:{each * 64}" for each in "ab")
#: Remembers which image serves, and answers for it as the files of its folder say.
DOCKER = """#!/usr/bin/env bash
echo "$SEONGSU_IMAGE $*" >> "$ACTED/said"
case "$*" in
    pull*) [ ! -e "$ACTED/unknown" ] ;;
    *" up "*)
        echo "$SEONGSU_IMAGE" > "$ACTED/serves"
        [ ! -e "$ACTED/refuses-${SEONGSU_IMAGE: -1}" ] ;;
    *" exec "*)
        serves=$(tail -c 2 "$ACTED/serves")
        [ ! -e "$ACTED/hangs-$serves" ] || sleep 60
        [ ! -e "$ACTED/mute-$serves" ] || ! grep -qF "${*: -1}" "$ACTED/mute-$serves" ;;
esac
"""
ADDRESSES = {
    "the app": "http://127.0.0.1:8501/_stcore/health",
    "the API": "http://127.0.0.1:8000/health",
    "what is published": "http://127.0.0.1:8000/ready",
}
SERVES, WENT_BACK, UNCHANGED, NONE_SERVES = range(4)


@dataclass(frozen=True)
class Host:
    """A host with the files of a release, and how its docker behaves."""

    folder: Path

    def acts(self, name: str, text: str = "") -> None:
        (self.folder / name).write_text(text)

    @property
    def serves(self) -> str:
        return (self.folder / "serves").read_text().strip()

    @property
    def released(self) -> str:
        return (self.folder / "released.env").read_text().strip()

    def release(self, image: str) -> tuple[int, str]:
        waits = {"RELEASE_WAIT": "1", "RELEASE_PAUSE": "0.1", "RELEASE_ASK": "0.3"}
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        told = subprocess.run(
            ["bash", self.folder / "deploy" / "release.sh", image],
            env=os.environ | waits | {"PATH": path, "ACTED": str(self.folder), "SEONGSU_IMAGE": ""},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return told.returncode, told.stdout


@pytest.fixture
def host(tmp_path: Path) -> Host:
    for folder in ("bin", "deploy", "docker"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "deploy" / "release.sh", tmp_path / "deploy")
    (tmp_path / "docker" / ".env").touch()
    (tmp_path / "bin" / "docker").write_text(DOCKER)
    (tmp_path / "bin" / "docker").chmod(0o755)
    return Host(tmp_path)


@pytest.fixture
def serving(host: Host) -> Host:
    """The host, with the old image released."""
    assert host.release(OLD)[0] == SERVES
    return host


def test_an_image_that_answers_is_released(serving: Host) -> None:
    code, told = serving.release(NEW)
    assert (code, serving.serves) == (SERVES, NEW)
    assert serving.released == f"SEONGSU_IMAGE={NEW}"
    assert f"{NEW} serves" in told


@pytest.mark.parametrize("what", ADDRESSES)
def test_where_one_does_not_answer_the_image_before_serves_again(serving: Host, what: str) -> None:
    serving.acts("mute-b", ADDRESSES[what])
    code, told = serving.release(NEW)
    assert (code, serving.serves) == (WENT_BACK, OLD)
    assert serving.released == f"SEONGSU_IMAGE={OLD}"
    assert f"going back to {OLD}" in told


@pytest.mark.parametrize("how", ["hangs-b", "refuses-b"])
def test_an_image_that_hangs_or_does_not_start_goes_back_too(serving: Host, how: str) -> None:
    serving.acts(how)
    assert serving.release(NEW)[0] == WENT_BACK
    assert serving.serves == OLD


def test_what_was_stale_before_is_no_fault_of_the_image(serving: Host) -> None:
    serving.acts("mute-a", ADDRESSES["what is published"])
    serving.acts("mute-b", ADDRESSES["what is published"])
    code, told = serving.release(NEW)
    assert (code, serving.serves) == (SERVES, NEW)
    assert "stale before" in told


def test_where_the_image_before_does_not_answer_either_that_is_told(serving: Host) -> None:
    serving.acts("mute-a", ADDRESSES["the API"])
    serving.acts("mute-b", ADDRESSES["the API"])
    code, told = serving.release(NEW)
    assert code == NONE_SERVES
    assert f"{OLD} does not serve either" in told
    assert serving.released == f"SEONGSU_IMAGE={OLD}"


def test_a_first_image_has_none_to_go_back_to(host: Host) -> None:
    host.acts("mute-b", ADDRESSES["the app"])
    assert host.release(NEW)[0] == NONE_SERVES
    assert not (host.folder / "released.env").exists()


def test_an_image_that_cannot_be_pulled_changes_nothing(serving: Host) -> None:
    serving.acts("unknown")
    assert serving.release(NEW)[0] == UNCHANGED
    assert serving.serves == OLD


@pytest.mark.parametrize("image", ["", "seongsu:latest", "seongsu@sha256:abc", f"a {NEW}"])
def test_an_image_is_named_by_its_digest_alone(host: Host, image: str) -> None:
    code, told = host.release(image)
    assert code == UNCHANGED
    assert "by its digest" in told
    assert not (host.folder / "said").exists()


def test_a_host_without_settings_is_told_what_to_do(host: Host) -> None:
    (host.folder / "docker" / ".env").unlink()
    code, told = host.release(NEW)
    assert code == UNCHANGED
    assert "docker/.env.example" in told
