# SPDX-License-Identifier: Apache-2.0
"""Writes weight_types.json: random rows of every weight format and their values, decoded by the
`gguf` package from PyPI (0.19), an implementation independent of ours. Run: python3 make_weight_types.py
"""
import json
import pathlib

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as Type
from gguf.quants import dequantize

FORMATS = [Type.F32, Type.F16, Type.BF16, Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0,
           Type.Q4_K, Type.Q5_K, Type.Q6_K]
# Where the half-precision factors stand in a block: random bits there could be infinite.
FACTORS = {Type.Q4_0: [0], Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.Q8_0: [0],
           Type.Q4_K: [0, 2], Type.Q5_K: [0, 2], Type.Q6_K: [208]}


def row(kind, rng):
    elements, size = GGML_QUANT_SIZES[kind]
    if elements == 1:
        values = rng.standard_normal(32).astype(np.float32)
        if kind == Type.F32:
            return values.view(np.uint8)
        if kind == Type.F16:
            return values.astype(np.float16).view(np.uint8)
        return (values.view(np.uint32) >> 16).astype(np.uint16).view(np.uint8)
    blocks = rng.integers(0, 256, (2, size), dtype=np.uint8)
    for offset in FACTORS[kind]:
        factors = (rng.standard_normal(2) / 16).astype(np.float16)
        blocks[:, offset:offset + 2] = factors.view(np.uint8).reshape(2, 2)
    return blocks.reshape(-1)


def decode(kind, raw):
    if kind == Type.F32:
        return raw.view(np.float32)
    if kind == Type.F16:
        return raw.view(np.float16).astype(np.float32)
    return dequantize(raw, kind)


def main():
    rng = np.random.default_rng(20240305)
    formats = {}
    for kind in FORMATS:
        raw = row(kind, rng)
        values = np.ascontiguousarray(decode(kind, raw), dtype=np.float32)
        formats[kind.name] = {"id": int(kind), "row": raw.tobytes().hex(),
                              "values": values.astype("<f4").tobytes().hex()}
    path = pathlib.Path(__file__).with_name("weight_types.json")
    path.write_text(json.dumps(formats, indent=1) + "\n")


if __name__ == "__main__":
    main()
