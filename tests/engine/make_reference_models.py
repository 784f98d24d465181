#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes small random models and what Hugging Face's transformers computes with them on the CPU, for
reference_model_test: NAME.gguf and NAME.json in tests/data/model.

    python3 -m venv VENV && VENV/bin/pip install torch transformers gguf
    VENV/bin/python tests/engine/make_reference_models.py

Matrices are rounded to f16 before the reference runs, so the file holds exactly its weights. The
reference runs in double precision, but for what transformers casts to single by itself (angles and
the gated norm), and rounds keys and values to f16, as the engine keeps them. The layouts are those of llama.cpp's convert_hf_to_gguf.py.
"""

import json
from pathlib import Path

import gguf
import numpy
import torch
from transformers import (
    GraniteMoeHybridConfig,
    GraniteMoeHybridForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    Mamba2Config,
    Mamba2ForCausalLM,
    MixtralConfig,
    MixtralForCausalLM,
)
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

TARGET = Path(__file__).resolve().parent.parent / "data" / "model"
VOCABULARY = 96
TOKENS = 80
POSITIONS = [0, 1, 15, 16, 40, 63, 64, 79]  # around the borders of chunks and vectors


def randomize(model, seed):
    """Weights that leave activations of order 1, matrices rounded to f16."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            values = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 2 or "experts" in name:
                values = (values / parameter.shape[-1] ** 0.5).half().float()
            elif name.endswith("norm.weight") or name.endswith("norm_f.weight"):
                values = 1 + 0.1 * values
            elif name.endswith(".D"):
                values = 1 + 0.1 * values
            elif name.endswith("A_log"):
                values = 0.5 * values
            elif name.endswith("dt_bias"):
                values = -1 + 0.5 * values
            else:
                values = 0.3 * values  # biases and convolutions
            parameter.copy_(values)


def rounded_attention(module, query, key, value, *rest, **kwargs):
    key, value = key.half().double(), value.half().double()
    return sdpa_attention_forward(module, query, key, value, *rest, **kwargs)


ALL_ATTENTION_FUNCTIONS.register("rounded", rounded_attention)


def write_golden(name, model):
    generator = torch.Generator().manual_seed(7)
    ids = torch.randint(0, VOCABULARY, (1, TOKENS), generator=generator)
    with torch.no_grad():
        logits = model.double().eval()(ids, use_cache=False).logits[0]
    golden = {
        "ids": ids[0].tolist(),
        "logits": [
            {"position": p, "values": [round(x, 6) for x in logits[p].tolist()]} for p in POSITIONS
        ],
    }
    (TARGET / f"{name}.json").write_text(json.dumps(golden) + "\n")


class Writer:
    def __init__(self, name, architecture):
        self.writer = gguf.GGUFWriter(TARGET / f"{name}.gguf", architecture)
        self.writer.add_name(name)
        self.writer.add_vocab_size(VOCABULARY)

    def add(self, name, tensor):
        values = tensor.detach().float().numpy()
        matrix = values.ndim >= 2 and "conv1d" not in name and "norm" not in name
        matrix = matrix and name.endswith(".weight") and "ffn_gate_inp" not in name
        self.writer.add_tensor(name, values.astype(numpy.float16 if matrix else numpy.float32))

    def close(self):
        self.writer.write_header_to_file()
        self.writer.write_kv_data_to_file()
        self.writer.write_tensors_to_file()
        self.writer.close()


def add_ends(out, model, backbone, norm):
    out.add("token_embd.weight", backbone)
    out.add("output_norm.weight", norm)
    if not model.config.tie_word_embeddings:
        out.add("output.weight", model.lm_head.weight)


def write_mamba2(name, seed, groups, conv_bias, tied):
    config = Mamba2Config(
        vocab_size=VOCABULARY, hidden_size=64, num_hidden_layers=2, expand=2, num_heads=4,
        head_dim=32, state_size=16, n_groups=groups, conv_kernel=4, use_conv_bias=conv_bias,
        use_bias=False, rms_norm=True, chunk_size=32, layer_norm_epsilon=1e-5,
        tie_word_embeddings=tied)  # fmt: skip
    model = Mamba2ForCausalLM(config)
    randomize(model, seed)
    out = Writer(name, "mamba2")
    out.writer.add_block_count(2)
    out.writer.add_context_length(1 << 20)
    out.writer.add_embedding_length(64)
    out.writer.add_feed_forward_length(0)
    out.writer.add_head_count(0)
    out.writer.add_ssm_conv_kernel(4)
    out.writer.add_ssm_inner_size(128)
    out.writer.add_ssm_state_size(16)
    out.writer.add_ssm_time_step_rank(4)
    out.writer.add_ssm_group_count(groups)
    out.writer.add_layer_norm_rms_eps(1e-5)
    add_ends(out, model, model.backbone.embeddings.weight, model.backbone.norm_f.weight)
    for i, layer in enumerate(model.backbone.layers):
        mixer = layer.mixer
        blk = f"blk.{i}."
        out.add(blk + "attn_norm.weight", layer.norm.weight)
        out.add(blk + "ssm_in.weight", mixer.in_proj.weight)
        out.add(blk + "ssm_conv1d.weight", mixer.conv1d.weight.squeeze(1))
        if conv_bias:
            out.add(blk + "ssm_conv1d.bias", mixer.conv1d.bias)
        out.add(blk + "ssm_dt.bias", mixer.dt_bias)
        out.add(blk + "ssm_a", -torch.exp(mixer.A_log).reshape(-1, 1))
        out.add(blk + "ssm_d", mixer.D.reshape(-1, 1))
        out.add(blk + "ssm_norm.weight", mixer.norm.weight.reshape(groups, -1))
        out.add(blk + "ssm_out.weight", mixer.out_proj.weight)
    out.close()
    write_golden(name, model)


def neighbours(weights, heads):
    """Rows of each head from halves to neighbouring pairs, as GGUF has them."""
    size = weights.shape[0] // heads
    return weights.reshape(heads, 2, size // 2, -1).transpose(1, 2).reshape(weights.shape)


def write_llama(name, seed, bias, tied, rope):
    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=64, intermediate_size=96, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, rms_norm_eps=1e-5, attention_bias=bias,
        rope_parameters=rope, max_position_embeddings=4096, tie_word_embeddings=tied)  # fmt: skip
    config._attn_implementation = "rounded"
    model = LlamaForCausalLM(config)
    randomize(model, seed)
    out = Writer(name, "llama")
    out.writer.add_block_count(2)
    out.writer.add_context_length(4096)
    out.writer.add_embedding_length(64)
    out.writer.add_feed_forward_length(96)
    out.writer.add_head_count(4)
    out.writer.add_head_count_kv(2)
    out.writer.add_rope_dimension_count(16)
    out.writer.add_rope_freq_base(rope["rope_theta"])
    out.writer.add_layer_norm_rms_eps(1e-5)
    add_ends(out, model, model.model.embed_tokens.weight, model.model.norm.weight)
    if rope["rope_type"] == "llama3":
        plain = rope["rope_theta"] ** (-torch.arange(0, 16, 2, dtype=torch.float64) / 16)
        out.add("rope_freqs.weight", plain / model.model.rotary_emb.inv_freq.double())
    for i, layer in enumerate(model.model.layers):
        blk = f"blk.{i}."
        attention = layer.self_attn
        out.add(blk + "attn_norm.weight", layer.input_layernorm.weight)
        out.add(blk + "ffn_norm.weight", layer.post_attention_layernorm.weight)
        for part, module, heads in (
            ("attn_q", attention.q_proj, 4),
            ("attn_k", attention.k_proj, 2),
            ("attn_v", attention.v_proj, 0),
            ("attn_output", attention.o_proj, 0),
        ):
            turn = (lambda w, h=heads: neighbours(w, h)) if heads else (lambda w: w)
            out.add(blk + part + ".weight", turn(module.weight))
            if bias:
                out.add(blk + part + ".bias", turn(module.bias))
        out.add(blk + "ffn_gate.weight", layer.mlp.gate_proj.weight)
        out.add(blk + "ffn_up.weight", layer.mlp.up_proj.weight)
        out.add(blk + "ffn_down.weight", layer.mlp.down_proj.weight)
    out.close()
    write_golden(name, model)


def add_attention(out, blk, attention, heads, kv_heads):
    """Rows of queries and keys are turned to neighbouring pairs where `heads` is given."""
    for part, module, count in (
        ("attn_q", attention.q_proj, heads),
        ("attn_k", attention.k_proj, kv_heads),
        ("attn_v", attention.v_proj, 0),
        ("attn_output", attention.o_proj, 0),
    ):
        weight = module.weight
        out.add(blk + part + ".weight", neighbours(weight, count) if count else weight)


def add_experts(out, blk, router, experts):
    gate, up = experts.gate_up_proj.chunk(2, dim=1)
    out.add(blk + "ffn_gate_inp.weight", router.weight)
    out.add(blk + "ffn_gate_exps.weight", gate)
    out.add(blk + "ffn_up_exps.weight", up)
    out.add(blk + "ffn_down_exps.weight", experts.down_proj)


def write_mixtral(name, seed):
    config = MixtralConfig(
        vocab_size=VOCABULARY, hidden_size=64, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, rms_norm_eps=1e-5, num_local_experts=8,
        num_experts_per_tok=2, max_position_embeddings=4096, sliding_window=None,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6},
        tie_word_embeddings=False)  # fmt: skip
    config._attn_implementation = "rounded"
    config._experts_implementation = "eager"
    model = MixtralForCausalLM(config)
    randomize(model, seed)
    out = Writer(name, "llama")
    out.writer.add_block_count(2)
    out.writer.add_context_length(4096)
    out.writer.add_embedding_length(64)
    out.writer.add_feed_forward_length(48)
    out.writer.add_head_count(4)
    out.writer.add_head_count_kv(2)
    out.writer.add_rope_dimension_count(16)
    out.writer.add_rope_freq_base(1e6)
    out.writer.add_layer_norm_rms_eps(1e-5)
    out.writer.add_expert_count(8)
    out.writer.add_expert_used_count(2)
    add_ends(out, model, model.model.embed_tokens.weight, model.model.norm.weight)
    for i, layer in enumerate(model.model.layers):
        blk = f"blk.{i}."
        out.add(blk + "attn_norm.weight", layer.input_layernorm.weight)
        out.add(blk + "ffn_norm.weight", layer.post_attention_layernorm.weight)
        add_attention(out, blk, layer.self_attn, 4, 2)
        add_experts(out, blk, layer.mlp.gate, layer.mlp.experts)
    out.close()
    write_golden(name, model)


def add_granite_mamba(out, blk, mixer):
    out.add(blk + "ssm_in.weight", mixer.in_proj.weight)
    out.add(blk + "ssm_conv1d.weight", mixer.conv1d.weight.squeeze(1))
    out.add(blk + "ssm_conv1d.bias", mixer.conv1d.bias)
    out.add(blk + "ssm_dt.bias", mixer.dt_bias)
    out.add(blk + "ssm_a", -torch.exp(mixer.A_log).reshape(-1, 1))
    out.add(blk + "ssm_d", mixer.D.reshape(-1, 1))
    out.add(blk + "ssm_norm.weight", mixer.norm.weight.reshape(1, -1))
    out.add(blk + "ssm_out.weight", mixer.out_proj.weight)


def write_granite_experts(name, seed):
    config = GraniteMoeHybridConfig(
        vocab_size=VOCABULARY, hidden_size=64, intermediate_size=48, shared_intermediate_size=32,
        num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2, rms_norm_eps=1e-5,
        num_local_experts=10, num_experts_per_tok=4, embedding_multiplier=3.0, logits_scaling=2.0,
        residual_multiplier=0.5, attention_multiplier=0.2, position_embedding_type=None,
        layer_types=["linear_attention", "full_attention", "linear_attention"], mamba_n_heads=4, mamba_d_head=32,
        mamba_d_state=16, mamba_n_groups=1, mamba_d_conv=4, mamba_expand=2, mamba_chunk_size=32,
        mamba_conv_bias=True, mamba_proj_bias=False, tie_word_embeddings=True)  # fmt: skip
    config._attn_implementation = "rounded"
    config._experts_implementation = "eager"
    model = GraniteMoeHybridForCausalLM(config)
    randomize(model, seed)
    out = Writer(name, "granitehybrid")
    out.writer.add_block_count(3)
    out.writer.add_context_length(1 << 20)
    out.writer.add_embedding_length(64)
    out.writer.add_feed_forward_length(48)
    out.writer.add_head_count(4)
    out.writer.add_head_count_kv([0, 2, 0])
    out.writer.add_layer_norm_rms_eps(1e-5)
    out.writer.add_attention_scale(0.2)
    out.writer.add_embedding_scale(3.0)
    out.writer.add_residual_scale(0.5)
    out.writer.add_logit_scale(2.0)
    out.writer.add_rope_scaling_finetuned(False)
    out.writer.add_ssm_conv_kernel(4)
    out.writer.add_ssm_inner_size(128)
    out.writer.add_ssm_state_size(16)
    out.writer.add_ssm_time_step_rank(4)
    out.writer.add_ssm_group_count(1)
    out.writer.add_expert_count(10)
    out.writer.add_expert_used_count(4)
    out.writer.add_expert_shared_feed_forward_length(32)
    add_ends(out, model, model.model.embed_tokens.weight, model.model.norm.weight)
    for i, layer in enumerate(model.model.layers):
        blk = f"blk.{i}."
        out.add(blk + "attn_norm.weight", layer.input_layernorm.weight)
        out.add(blk + "ffn_norm.weight", layer.post_attention_layernorm.weight)
        if config.layer_types[i] == "full_attention":
            add_attention(out, blk, layer.self_attn, 0, 0)
        else:
            add_granite_mamba(out, blk, layer.mamba)
        add_experts(out, blk, layer.block_sparse_moe.router, layer.block_sparse_moe.experts)
        gate, up = layer.shared_mlp.input_linear.weight.chunk(2, dim=0)
        out.add(blk + "ffn_gate_shexp.weight", gate)
        out.add(blk + "ffn_up_shexp.weight", up)
        out.add(blk + "ffn_down_shexp.weight", layer.shared_mlp.output_linear.weight)
    out.close()
    write_golden(name, model)


def main():
    plain = {"rope_type": "default", "rope_theta": 10000.0}
    llama3 = {
        "rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0,
        "high_freq_factor": 4.0, "original_max_position_embeddings": 32}  # fmt: skip
    write_mamba2("tiny-mamba2-groups", 1, groups=2, conv_bias=True, tied=True)
    write_mamba2("tiny-mamba2-untied", 2, groups=1, conv_bias=False, tied=False)
    write_llama("tiny-llama-biases", 3, bias=True, tied=False, rope=plain)
    write_llama("tiny-llama-3", 4, bias=False, tied=True, rope=llama3)
    write_mixtral("tiny-mixtral", 5)
    write_granite_experts("tiny-granite-experts", 6)


if __name__ == "__main__":
    main()
