"""What the doctor finds on machines that lack something, and that every complaint has a remedy.
Nothing is repaired."""

import shutil
import socket
from importlib.metadata import version
from types import SimpleNamespace

import pytest

from seongsu_assets import doctor
from seongsu_assets.ports import free_port
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse import cluster


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", database_url=None)


def find(settings, name):
    return next(each for each in doctor.diagnose(settings) if each.name == name)


def test_every_complaint_has_a_remedy_and_nothing_else_has(settings):
    findings = doctor.diagnose(settings)
    assert len({each.name for each in findings}) == len(findings)
    assert all(each.found for each in findings)
    assert all(bool(each.remedy) != each.ok for each in findings)


def test_looking_changes_nothing(settings):
    doctor.diagnose(settings)
    assert not settings.root.exists()


def test_a_missing_and_a_different_package_are_named(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        f"numpy=={version('numpy')} \\\n    --hash=sha256:00\n    # via pandas\n"
        "packaging==0.1\nno-such-package==1.0\n"
        "other-platform==1.0 ; sys_platform == 'nowhere'\n"
    )
    finding = doctor._packages(lock)
    assert not finding.ok
    assert finding.found == (
        f"packaging {version('packaging')} is not ==0.1; no-such-package is missing"
    )


def test_packages_as_locked_are_counted(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"numpy=={version('numpy')}\n")
    assert doctor._packages(lock).found == "1 as locked"


def test_a_taken_port_is_told_with_the_one_that_will_be_used(settings):
    with socket.create_server(("127.0.0.1", free_port(47000))) as taken:
        port = taken.getsockname()[1]
        finding = find(settings.model_copy(update={"app_port": port}), "app_port")
    assert not finding.ok
    assert not finding.required
    assert str(port) in finding.found
    assert "SEONGSU_APP_PORT" in finding.remedy


def test_a_full_disk_is_found(settings, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_900_000_000))
    assert not find(settings, "disk").ok


def test_a_home_below_a_file_is_found(settings, tmp_path):
    (tmp_path / "file").touch()
    finding = find(settings.model_copy(update={"home": tmp_path / "file" / "home"}), "home")
    assert not finding.ok


def test_missing_binaries_are_found(settings, monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    finding = find(settings, "database")
    assert not finding.ok
    assert "not installed" in finding.found


@pytest.mark.parametrize(
    "url",
    ["postgresql://user:s3cret@127.0.0.1:1/db", "user:s3cret@127.0.0.1/db", "postgres//s3cret@"],
)
def test_an_unreachable_server_is_found_and_its_password_is_not_told(tmp_path, url):
    finding = find(Settings(home=tmp_path, database_url=url), "database")
    assert not finding.ok
    assert "s3cret" not in str(finding)
