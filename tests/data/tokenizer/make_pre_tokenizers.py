# SPDX-License-Identifier: Apache-2.0
"""Writes pre_tokenizers.json: a small byte-level BPE for every pre-tokenizer of our table, trained on
the golden texts, and the ids that Hugging Face tokenizers gives for hard texts. The patterns are those
of llama.cpp's llama-vocab.cpp. Run: python3 make_pre_tokenizers.py (needs `tokenizers` from PyPI)
"""
import json
import pathlib
import random

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

HERE = pathlib.Path(__file__).parent
CL100K = (r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|"
          r"\p{N}{1,%d}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def splits(*patterns):
    steps = [pre_tokenizers.Split(Regex(p), "isolated") for p in patterns]
    return pre_tokenizers.Sequence(steps + [pre_tokenizers.ByteLevel(False, use_regex=False)])


PRE_TOKENIZERS = {
    "smollm": splits(r"\p{N}", GPT2),
    "gpt-2": splits(GPT2),
    "refact": splits(r"\p{N}", GPT2),
    "starcoder": splits(r"\p{N}", GPT2),
    "dbrx": splits(CL100K % 3),
    "llama-bpe": splits(CL100K % 3),
    "qwen2": splits(CL100K % 1),
}
# What the patterns tell apart: letters, numbers of three kinds, white space of several, newlines,
# contractions, punctuation, marks that are none of these, characters of two to four bytes.
ATOMS = ["a", "Z", "\u00e9", "\u6f22", "\u0416", "0", "7", "42", "\u00bd", "\u0663", "\u2163", " ", "  ",
         "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u0085", "\u2028", "'", "'s", "'S", "'ll", "'LL", "'re",
         "'Ve", "'t", "'m", "'d", "don", ".", ",", "!?", "_", "(", "-", "\u2026", "\u0301", "\u200d",
         "\U0001f600", "the", "return", "x"]


def train(name, texts):
    tokenizer = Tokenizer(models.BPE(ignore_merges=name == "llama-bpe"))
    tokenizer.pre_tokenizer = PRE_TOKENIZERS[name]
    trainer = trainers.BpeTrainer(vocab_size=420, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def main():
    golden = HERE.parent / "model" / "golden_tokens.jsonl"
    training = [json.loads(line)["text"] for line in golden.read_text("utf-8").splitlines()]
    rng = random.Random(5)
    texts = ["".join(rng.choices(ATOMS, k=rng.randint(1, 12))) for _ in range(600)]
    models_out = {}
    for name in PRE_TOKENIZERS:
        tokenizer = train(name, training)
        model = json.loads(tokenizer.to_str())["model"]
        tokens = sorted(model["vocab"], key=model["vocab"].get)
        merges = [m if isinstance(m, str) else " ".join(m) for m in model["merges"]]
        if name == "llama-bpe":
            # Whole words beside the merges, which only a tokenizer that ignores merges can reach.
            for word in ["don", "\u0120return"]:
                if word not in model["vocab"]:
                    model["vocab"][word] = len(tokens)
                    tokens.append(word)
            tokenizer = Tokenizer(models.BPE(model["vocab"], [tuple(m.split(" ")) for m in merges],
                                             ignore_merges=True))
            tokenizer.pre_tokenizer = PRE_TOKENIZERS[name]
        ids = [tokenizer.encode(text).ids for text in texts]
        models_out[name] = {"tokens": tokens, "merges": merges, "ids": ids}
    out = {"texts": texts, "models": models_out}
    (HERE / "pre_tokenizers.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
