# SPDX-License-Identifier: Apache-2.0
"""Writes seeds/gguf_fuzz: small files that reach every part of the GGUF reader, the configuration,
the tokenizer and the loading of a model. Run: python3 make_gguf_seeds.py (needs `gguf` from PyPI)
"""
import pathlib

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as Type, GGUFWriter

FOLDER = pathlib.Path(__file__).parent / "seeds" / "gguf_fuzz"
CONTROLS = ["<|im_start|>", "<|im_end|>", "<file_sep>", "<filename>"]


def byte_tokens():
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    spelling = {byte: chr(byte) for byte in printable}
    spelling |= {byte: chr(0x100 + i) for i, byte in enumerate(others)}
    return [spelling[byte] for byte in range(256)]


def add_tokenizer(writer, pre):
    words = ["th", "the", "\u0120t", "in", "\u00ef\u00bf", "\u00ef\u00bf\u00bd"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(byte_tokens() + words + CONTROLS)
    writer.add_token_types([1] * (256 + len(words)) + [3] * len(CONTROLS))
    writer.add_token_merges(["t h", "th e", "\u0120 t", "i n", "\u00ef \u00bf",
                             "\u00ef\u00bf \u00bd", "q u"])
    writer.add_eos_token_id(256 + len(words) + 1)


def add_config(writer):
    writer.add_block_count(3)
    writer.add_context_length(4096)
    writer.add_embedding_length(64)
    writer.add_feed_forward_length([96, 96, 96])
    writer.add_head_count(4)
    writer.add_head_count_kv([0, 2, 0])
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_ssm_conv_kernel(4)
    writer.add_ssm_inner_size(96)
    writer.add_ssm_state_size(16)
    writer.add_ssm_time_step_rank(6)
    writer.add_ssm_group_count(3)
    writer.add_attention_scale(0.25)
    writer.add_bool("granitehybrid.rope.scaling.finetuned", False)
    writer.add_uint32("throughline.read_window", 512)
    writer.add_float32("throughline.log_scale_base", 8192.0)
    writer.add_array("throughline.pointer_layers", [1])


def add_tensors(writer):
    rng = np.random.default_rng(1)
    for kind in [Type.F32, Type.F16, Type.BF16, Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0,
                 Type.Q4_K, Type.Q5_K, Type.Q6_K]:
        elements, size = GGML_QUANT_SIZES[kind]
        blocks = rng.integers(0, 256, (2, max(1, 8 // elements) * size), dtype=np.uint8)
        writer.add_tensor(f"blk.0.{kind.name}", blocks, raw_dtype=kind)


def add_hybrid(writer):
    """A whole model of two layers, loadable, with weights of all kinds."""
    width, inner, state, heads, vocab = 32, 32, 16, 2, 16
    writer.add_block_count(2)
    writer.add_context_length(256)
    writer.add_embedding_length(width)
    writer.add_feed_forward_length(width)
    writer.add_vocab_size(vocab)
    writer.add_head_count(2)
    writer.add_head_count_kv([0, 1])
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_ssm_conv_kernel(4)
    writer.add_ssm_inner_size(inner)
    writer.add_ssm_state_size(state)
    writer.add_ssm_time_step_rank(heads)
    writer.add_ssm_group_count(1)
    writer.add_array("throughline.pointer_layers", [1])
    rng = np.random.default_rng(2)

    def matrix(name, rows, columns, kind):
        elements, size = GGML_QUANT_SIZES[kind]
        blocks = rng.integers(0, 64, (rows, columns // elements * size), dtype=np.uint8)
        writer.add_tensor(name + ".weight", blocks, raw_dtype=kind)

    def vector(name, *shape):
        writer.add_tensor(name, rng.uniform(-1, 1, shape).astype(np.float32))

    matrix("token_embd", vocab, width, Type.Q4_0)
    vector("output_norm.weight", width)
    for layer in ["blk.0.", "blk.1."]:
        vector(layer + "attn_norm.weight", width)
        vector(layer + "ffn_norm.weight", width)
        matrix(layer + "ffn_gate", width, width, Type.Q8_0)
        matrix(layer + "ffn_up", width, width, Type.Q8_0)
        matrix(layer + "ffn_down", width, width, Type.Q5_1)
    channels = inner + 2 * state
    matrix("blk.0.ssm_in", inner + channels + heads, width, Type.Q4_1)
    vector("blk.0.ssm_conv1d.weight", channels, 4)
    vector("blk.0.ssm_conv1d.bias", channels)
    vector("blk.0.ssm_dt.bias", heads)
    vector("blk.0.ssm_a", heads)
    vector("blk.0.ssm_d", heads)
    vector("blk.0.ssm_norm.weight", inner)
    matrix("blk.0.ssm_out", width, inner, Type.Q5_0)
    for name, rows in [("q", width), ("k", 16), ("v", 16), ("output", width)]:
        matrix("blk.1.attn_" + name, rows, width, Type.BF16)


def write(name, *parts):
    writer = GGUFWriter(FOLDER / name, "granitehybrid")
    for part in parts:
        part(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    write("empty.gguf")
    write("tensors.gguf", add_tensors)
    write("config.gguf", add_config, lambda w: w.add_vocab_size(256))
    write("model.gguf", add_config, lambda w: add_tokenizer(w, "smollm"), add_tensors)
    write("hybrid.gguf", add_hybrid)
    write("cl100k.gguf", lambda w: add_tokenizer(w, "llama-bpe"))


if __name__ == "__main__":
    main()
