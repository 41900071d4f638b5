"""all-MiniLM-L6-v2 in plain numpy: a text becomes the mean of its token vectors, of length 1.

The folder is what `switchyard-train encoder fetch minilm` leaves: config.json, tokenizer.json and
model.safetensors. Compare accuracy with it, not speed: nobody serves a transformer from numpy.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

TEXTS_AT_ONCE = 32


class Encoder:
    """A BERT whose weights lie in a folder; `cache` keeps vectors between runs."""

    def __init__(self, folder, cache=None):
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = Path(folder)
        self.weights = load_file(folder / "model.safetensors")
        self.config = json.loads((folder / "config.json").read_text())
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.cache = Path(cache) if cache else None

    def encode(self, texts, tokens_max):
        """A row of numbers a text, from the cache where it has them."""
        if self.cache is None:
            return self._encode(texts, tokens_max)
        digest = hashlib.sha256("\0".join([str(tokens_max), *texts]).encode()).hexdigest()
        path = self.cache / f"{digest[:24]}.npy"
        if not path.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            np.save(path, self._encode(texts, tokens_max))
        return np.load(path)

    def _encode(self, texts, tokens_max):
        self.tokenizer.enable_truncation(tokens_max)
        tokens = [it.ids for it in self.tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(texts), self.config["hidden_size"]), np.float32)
        # Texts of one length together: little is computed for padding.
        order = np.argsort([len(ids) for ids in tokens], kind="stable")
        for start in range(0, len(order), TEXTS_AT_ONCE):
            at = order[start : start + TEXTS_AT_ONCE]
            vectors[at] = self._batch([tokens[it] for it in at])
        return vectors

    def _batch(self, tokens):
        width = max(map(len, tokens))
        ids, mask = np.zeros((len(tokens), width), int), np.zeros((len(tokens), width), np.float32)
        for at, row in enumerate(tokens):
            ids[at, : len(row)], mask[at, : len(row)] = row, 1
        states = self._embed(ids)
        for layer in range(self.config["num_hidden_layers"]):
            states = self._layer(states, mask, f"encoder.layer.{layer}")
        mean = (states * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _embed(self, ids):
        table = lambda name: self.weights[f"embeddings.{name}_embeddings.weight"]
        states = table("word")[ids] + table("position")[: ids.shape[1]] + table("token_type")[0]
        return self._norm(states, "embeddings.LayerNorm")

    def _layer(self, states, mask, name):
        seen = self._attend(states, mask, f"{name}.attention.self")
        seen = self._linear(seen, f"{name}.attention.output.dense")
        states = self._norm(states + seen, f"{name}.attention.output.LayerNorm")
        inner = gelu(self._linear(states, f"{name}.intermediate.dense"))
        return self._norm(
            states + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm"
        )

    def _attend(self, states, mask, name):
        n_texts, width, size = states.shape
        heads = self.config["num_attention_heads"]
        split = lambda it: it.reshape(n_texts, width, heads, size // heads).transpose(0, 2, 1, 3)
        query, key, value = (
            split(self._linear(states, f"{name}.{it}")) for it in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(size // heads))
        scores += (mask[:, None, None, :] - 1) * np.float32(1e9)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        return (shares @ value).transpose(0, 2, 1, 3).reshape(n_texts, width, size)

    def _linear(self, states, name):
        return states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _norm(self, states, name):
        centred = states - states.mean(-1, keepdims=True)
        variance = (centred * centred).mean(-1, keepdims=True)
        scaled = centred / np.sqrt(variance + np.float32(self.config["layer_norm_eps"]))
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def gelu(states):
    """The smooth ramp of BERT's inner layer."""
    from scipy.special import erf

    return states * (1 + erf(states * np.float32(np.sqrt(0.5)))) * np.float32(0.5)
