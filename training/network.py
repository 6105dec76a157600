"""The network: a small BERT encoder with surface features, and its heads.

On words: a tagger with a linear-chain CRF and link scorers, for attributions. On tokens of any tokenizer: parts of
speech, morphology, dependencies, sentence starts, entities and antecedents.

The encoder is all-MiniLM-L6-v2's (6 layers, 384 wide); the forward pass is written out here, so that the exported graph
holds nothing but what inference needs.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from quotecheck.pipeline.crf import TAGS
from quotecheck.pipeline.scores import LINKS
from quotecheck.pipeline.scores import WIDTH as LINK_WIDTH
from quotecheck.pipeline.words import FEATURE_SIZES, PARTS
from training.labels import Labels

LAYERS, WIDTH, HEADS, INNER, POSITIONS, VOCABULARY = 6, 384, 12, 1536, 512, 30522


class Layer(nn.Module):
    """One transformer layer with post-normalisation, as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: (batch, pieces, width); mask: (batch, 1, 1, pieces), True where there is a piece."""
        batch, length, _ = x.shape
        shape = (batch, length, HEADS, WIDTH // HEADS)
        query, key, value = (f(x).view(shape).transpose(1, 2) for f in (self.query, self.key, self.value))
        if torch.onnx.is_in_onnx_export():
            weights = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS), dim=-1)
            attended = weights @ value
        else:
            attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attention_norm(x + self.dropout(self.output(attended)))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


ARC_WIDTH, LABEL_WIDTH, ANTECEDENT_WIDTH = 256, 96, 128


def _layer(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(WIDTH, width), nn.GELU(), nn.Dropout(0.2))


class TokenHeads(nn.Module):
    """What is said of tokens. A token is read out as the mean of its first and last piece and its number there."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.parts = nn.Embedding(PARTS, WIDTH)
        self.dropout = nn.Dropout(0.1)
        self.tag_sizes = [len(labels.xpos), len(labels.upos), len(labels.feats)]
        self.tags = nn.Linear(WIDTH, sum(self.tag_sizes))
        self.begins = nn.Linear(WIDTH, 1)
        self.entities = nn.Linear(WIDTH, len(labels.entities))
        self.arc_child, self.arc_head = _layer(ARC_WIDTH), _layer(ARC_WIDTH)
        self.arcs = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) / ARC_WIDTH)
        self.root = nn.Parameter(torch.randn(ARC_WIDTH) / ARC_WIDTH**0.5)
        self.label_child, self.label_head = _layer(LABEL_WIDTH), _layer(LABEL_WIDTH)
        self.labels = nn.Parameter(torch.randn(LABEL_WIDTH + 1, len(labels.deps), LABEL_WIDTH + 1) / LABEL_WIDTH)
        self.mention, self.antecedent = _layer(ANTECEDENT_WIDTH), _layer(ANTECEDENT_WIDTH)
        self.coreference = nn.Parameter(torch.randn(ANTECEDENT_WIDTH + 1, ANTECEDENT_WIDTH) / ANTECEDENT_WIDTH)
        self.new = nn.Parameter(torch.randn(ANTECEDENT_WIDTH) / ANTECEDENT_WIDTH**0.5)
        nn.init.normal_(self.parts.weight, std=0.02)

    def read(self, hidden: Tensor, places: Tensor) -> Tensor:
        """hidden (batch, pieces, width), places (batch, tokens, 3) as `words.places`; (batch, tokens, width)."""
        row = torch.arange(len(hidden))[:, None]
        both = hidden[row, places[:, :, 0]] + hidden[row, places[:, :, 1]]
        return self.dropout(both / 2 + self.parts(places[:, :, 2]))

    def arc_scores(self, x: Tensor) -> Tensor:
        """(batch, tokens, 1 + tokens): how well each token is the head of each, column 0 the root."""
        heads = self.arc_head(x)
        heads = torch.cat([self.root.expand(len(x), 1, -1), heads], dim=1)
        return _with_one(self.arc_child(x)) @ self.arcs @ heads.transpose(1, 2)

    def label_scores(self, x: Tensor, heads: Tensor) -> Tensor:
        """x (batch, tokens, width), heads (batch, tokens) indices; (batch, tokens, labels) of the arcs to them."""
        row = torch.arange(len(x))[:, None]
        children, governors = _with_one(self.label_child(x)), _with_one(self.label_head(x)[row, heads])
        return torch.einsum("btlw,btw->btl", torch.einsum("btv,vlw->btlw", children, self.labels), governors)

    def antecedent_scores(self, x: Tensor) -> Tensor:
        """x (batch, mentions, width); (batch, mentions, 1 + mentions), column 0 for a new entity."""
        earlier = torch.cat([self.new.expand(len(x), 1, -1), self.antecedent(x)], dim=1)
        return _with_one(self.mention(x)) @ self.coreference @ earlier.transpose(1, 2)


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


class Network(nn.Module):
    """Pieces and features in; states out, from which the heads read."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.tokens = TokenHeads(labels)
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.ModuleList(nn.Embedding(size, WIDTH) for size in FEATURE_SIZES)
        self.embedding_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.eye(LAYERS)[-1])
        self.dropout = nn.Dropout(0.1)
        self.tagger = nn.Linear(WIDTH, len(TAGS))
        self.queries = nn.Sequential(nn.Linear(WIDTH, LINKS * LINK_WIDTH), nn.GELU())
        self.keys = nn.Sequential(nn.Linear(WIDTH, LINKS * LINK_WIDTH), nn.GELU())
        self.bilinear = nn.Parameter(torch.zeros(LINKS, LINK_WIDTH, LINK_WIDTH))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.first = nn.Parameter(torch.zeros(len(TAGS)))
        nn.init.normal_(self.bilinear, std=1 / LINK_WIDTH)
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.01)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """ids (batch, pieces), features (batch, pieces, 3); mask (batch, pieces) True where there is a piece.

        Returns two kinds of states (batch, pieces, width): the last layer's, from which attributions are read, and a
        weighted sum of all layers', from which tokens are (Peters et al., 2018, section 3.2). What a parser needs
        stands lower than what attributions need; with one kind for both they compete for the last layer.
        """
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(place)
        for column, embedding in enumerate(self.features):
            x = x + embedding(features[:, :, column])
        x = self.dropout(self.embedding_norm(x))
        wide = mask[:, None, None, :] if mask is not None else None
        mixed = torch.zeros_like(x)
        for share, layer in zip(self.mix, self.layers, strict=True):
            x = layer(x, wide)
            mixed = mixed + share * x
        return x, mixed

    def attribution(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Emissions (batch, words, tags), link queries and link keys (batch, words, links, link width) of words.

        hidden: (batch, words, width), the states of the words' first pieces.
        """
        x = self.dropout(hidden)
        shape = (*x.shape[:2], LINKS, LINK_WIDTH)
        queries = torch.einsum("bplw,lwv->bplv", self.queries(x).view(shape), self.bilinear)
        return self.tagger(x), queries, self.keys(x).view(shape)


def from_backbone(weights: Path, labels: Labels) -> Network:
    """A network whose encoder has the backbone's weights (`model.safetensors` of all-MiniLM-L6-v2)."""
    state, network = load_file(weights), Network(labels)
    with torch.no_grad():
        network.words.weight.copy_(state["embeddings.word_embeddings.weight"])
        types = state["embeddings.token_type_embeddings.weight"]
        network.positions.weight.copy_(state["embeddings.position_embeddings.weight"] + types[0])
        _copy(network.embedding_norm, state, "embeddings.LayerNorm")
        for index, layer in enumerate(network.layers):
            for name, theirs in _LAYER_NAMES.items():
                _copy(getattr(layer, name), state, f"encoder.layer.{index}.{theirs}")
    return network


_LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


def _copy(module: nn.Module, state: dict[str, Tensor], prefix: str) -> None:
    module.weight.copy_(state[f"{prefix}.weight"])
    module.bias.copy_(state[f"{prefix}.bias"])
