#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Brings the corpora of the bench into .cache/answers/corpora, each pinned by the hash of its content.

Usage: fetch.py [NAME...]    all of them without a name
Exits with 1 where one could not be had as it is pinned; the others are there all the same.
"""

import fnmatch
import functools
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CACHE = ROOT / ".cache" / "answers" / "corpora"


class FetchError(Exception):
    """One line that names the corpus or the command."""


def pins():
    """corpora.json: name to where it comes from and what its content hashes to."""
    return json.loads((HERE / "corpora.json").read_text(encoding="utf-8"))


def folder_of(name, pin):
    """Where the corpus lies, fetched or not."""
    return ROOT / pin["where"] if pin["from"] == "tree" else CACHE / name


def content_hash(folder):
    """Over names and bytes of all files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def is_there(name, pin):
    folder = folder_of(name, pin)
    # What lies in this repository is pinned by it.
    return folder.is_dir() and pin.get("sha256") in (None, content_hash(folder))


def run(command, folder):
    """Runs it in the folder; what it said last is the error."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise FetchError(f"{' '.join(command[:3])}: {said[-1]}")


@functools.cache
def apt_options():
    """A private view of apt that has the sources of the same archive; the system's is left alone."""
    apt = CACHE.parent / "apt"
    shutil.rmtree(apt, ignore_errors=True)
    for folder in ["lists/partial", "cache/archives/partial", "sources"]:
        (apt / folder).mkdir(parents=True)
    listed = sorted(Path("/etc/apt/sources.list.d").glob("*.sources"))
    stanzas = "\n\n".join(path.read_text(encoding="utf-8") for path in listed)
    stanzas = stanzas.replace("Types: deb\n", "Types: deb deb-src\n")
    (apt / "sources" / "all.sources").write_text(stanzas, encoding="utf-8")
    old = Path("/etc/apt/sources.list")
    lines = old.read_text(encoding="utf-8").splitlines() if old.exists() else []
    lines = [line for line in lines if line.startswith("deb ")]
    lines += ["deb-src " + line[4:] for line in lines]
    (apt / "sources" / "all.list").write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = ["-q", "-o", "Dir::Etc::sourcelist=/dev/null",
               "-o", f"Dir::Etc::sourceparts={apt}/sources",
               "-o", f"Dir::State::lists={apt}/lists", "-o", f"Dir::Cache={apt}/cache"]
    run(["apt-get", *options, "update"], apt)
    return options


def from_debian(pin, work, download):
    """Asks for the pinned version, then for any: the content's hash decides whether it will do."""
    options = apt_options()
    try:
        run(["apt-get", *options, *download, f"{pin['package']}={pin['version']}"], work)
    except FetchError:
        run(["apt-get", *options, *download, pin["package"]], work)


def unpack_deb(pin, work):
    from_debian(pin, work, ["download"])
    run(["dpkg-deb", "-x", str(next(work.glob("*.deb"))), "unpacked"], work)


def unpack_tar(archive, work):
    (work / "unpacked").mkdir()
    run(["tar", "-xf", str(archive), "-C", "unpacked"], work)


def unpack_source(pin, work):
    from_debian(pin, work, ["source", "--download-only", "--tar-only"])
    unpack_tar(next(path for path in work.glob("*.orig.tar.*") if path.suffix != ".asc"), work)


def download(url):
    """The bytes behind the address, tried three times."""
    reason = None
    for _ in range(3):
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return answer.read()
        except OSError as error:
            reason = error
    raise FetchError(f"{url}: {reason}")


def unpack_pypi(pin, work):
    archive = work / pin["url"].rsplit("/", 1)[1]
    archive.write_bytes(download(pin["url"]))
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != pin["archive_sha256"]:
        raise FetchError(f"{archive.name}: SHA-256 is {found}, not {pin['archive_sha256']}")
    unpack_tar(archive, work)


UNPACK = {"deb": unpack_deb, "source": unpack_source, "pypi": unpack_pypi}


def copy_chosen(pin, unpacked, folder):
    """Copies what the pin's patterns name, without the .gz that Debian packs documents in."""
    root = unpacked / pin["root"]
    for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink()):
        name = path.relative_to(root).as_posix()
        packed = name.endswith(".gz")
        name = name.removesuffix(".gz")
        if not any(fnmatch.fnmatch(name, pattern) for pattern in pin["files"]):
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        target.write_bytes(gzip.decompress(content) if packed else content)


def fetch(name, pin):
    """Makes the corpus lie in its folder, whole and as pinned, or raises FetchError."""
    if is_there(name, pin):
        return
    if pin["from"] == "tree":
        raise FetchError(f"{name}: {pin['where']} is not there")
    print(f"fetching {name}", file=sys.stderr)
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE.parent) as place:
        work = Path(place)
        UNPACK[pin["from"]](pin, work)
        chosen = work / "chosen"
        chosen.mkdir()
        copy_chosen(pin, work / "unpacked", chosen)
        found = content_hash(chosen)
        if found != pin["sha256"]:
            raise FetchError(f"{name}: the content hashes to {found}, not to {pin['sha256']}")
        shutil.rmtree(CACHE / name, ignore_errors=True)
        chosen.rename(CACHE / name)


def main():
    known = pins()
    failed = False
    for name in sys.argv[1:] or known:
        try:
            if name not in known:
                raise FetchError(f"{name}: no such corpus; there are {', '.join(known)}")
            fetch(name, known[name])
        except FetchError as error:
            print(f"error: {error}", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
