#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what llama.cpp answers with SmolLM2-135M-Instruct, for smollm2_test:
tests/data/model/smollm2.json.

    python3 -m venv VENV && VENV/bin/pip install llama-cpp-python==0.3.36 gguf
    VENV/bin/python tests/engine/make_smollm2_golden.py

llama.cpp gets the file's weights dequantised to F32 and keeps keys and values as F32: beside quantised
weights it would round activations to 8 bits, which moves logits by more than the best two of them
lie apart at many steps. Prompts are tokenised by llama.cpp, control tokens included; every answer
token is the largest logit, and `gaps` holds its distance to the second largest.
"""

import ctypes
import json
import sys
import tempfile
from pathlib import Path

import gguf
import llama_cpp
import numpy

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "bench"), str(TESTS / "support")]
import fetch_smollm2  # noqa: E402
import peer_model  # noqa: E402

ANSWER = 32
POSITIONS = 1024
PROMPTS = [
    "What is the capital of France?",
    "Write a short poem about the sea.",
    "Explain in two sentences why the sky is blue.",
    "List three uses of a paper clip.",
    "def fibonacci(n):",
    "Summarise: " + "The old harbour was rebuilt in 1921 by engineers from Genoa. " * 12,
]


def turn(question):
    return f"<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n"


def write_f32(source, target):
    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(target, "llama")
    peer_model.copy_metadata(reader, writer)
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, values.astype(numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


class Model:
    def __init__(self, path):
        self.silence = llama_cpp.llama_log_callback(lambda level, text, data: None)
        llama_cpp.llama_log_set(self.silence, None)
        llama_cpp.llama_backend_init()
        parameters = llama_cpp.llama_model_default_params()
        # Plain kernels on every machine: AMX's ask for tiles that a sandbox may refuse, and crash.
        parameters.use_extra_bufts = False
        self.model = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = parameters.n_batch = POSITIONS
        parameters.type_k = parameters.type_v = llama_cpp.GGML_TYPE_F32
        parameters.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self.context = llama_cpp.llama_init_from_model(self.model, parameters)
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.model)

    def tokens(self, text):
        array = (ctypes.c_int32 * POSITIONS)()
        bytes_ = text.encode()
        count = llama_cpp.llama_tokenize(
            self.vocabulary, bytes_, len(bytes_), array, POSITIONS, False, True
        )
        return list(array[:count])

    def logits(self, ids):
        """Behind the last of `ids`, which follow what was decoded before."""
        array = (ctypes.c_int32 * len(ids))(*ids)
        if llama_cpp.llama_decode(self.context, llama_cpp.llama_batch_get_one(array, len(ids))):
            sys.exit("llama_decode failed")
        count = llama_cpp.llama_vocab_n_tokens(self.vocabulary)
        return numpy.array(llama_cpp.llama_get_logits_ith(self.context, -1)[:count])

    def answer(self, question):
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self.context), True)
        ids = self.tokens(turn(question))
        greedy, gaps, fed = [], [], ids
        while len(greedy) < ANSWER:
            logits = self.logits(fed)
            second, best = numpy.sort(logits)[-2:]
            gaps.append(round(float(best - second), 4))
            greedy.append(int(logits.argmax()))
            fed = greedy[-1:]
        return {"question": question, "ids": ids, "greedy_ids": greedy, "gaps": gaps}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "smollm2-f32.gguf"
        write_f32(fetch_smollm2.cached(), path)
        model = Model(path)
    golden = {
        "llama_cpp_python": llama_cpp.__version__,
        "cases": [model.answer(question) for question in PROMPTS],
    }
    (TESTS / "data" / "model" / "smollm2.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
