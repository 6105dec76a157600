"""Warm start: the weights of an exported model as a network, so that training can go on without a checkpoint."""

from __future__ import annotations

import json
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from quotecheck.pipeline import attribution, encoder
from training import backbone
from training.labels import Labels
from training.network import Network, from_backbone


def from_exported(folder: Path, labels: Labels) -> Network:
    """A network with an exported model's encoder and head of the attributions; the heads of tokens begin anew.

    Weights in 8 bits are restored; those of words are the backbone's, which training leaves alone.
    """
    network = from_backbone(backbone.weights(), labels)
    state = network.state_dict()
    for path in (folder / "quotecheck_encoder" / encoder.WEIGHTS, folder / "quotecheck" / attribution.WEIGHTS):
        graph = onnx.load(str(path)).graph
        arrays = {item.name: torch.from_numpy(numpy_helper.to_array(item).copy()) for item in graph.initializer}
        for name, value in _restored(graph, arrays).items():
            if name in state and not name.startswith("words."):
                assert state[name].shape == value.shape, name
                state[name] = value
    heads = json.loads((folder / "quotecheck" / attribution.HEADS).read_text("utf-8"))
    state |= {name: torch.tensor(heads[name]) for name in ("transitions", "first")}
    network.load_state_dict(state)
    return network


def _restored(graph: onnx.GraphProto, arrays: dict[str, Tensor]) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for name, value in arrays.items():
        if name.startswith("network.") and value.dtype == torch.float32 and not name.endswith("_scale"):
            found[name.removeprefix("network.")] = value
        elif name.endswith(".weight_quantized"):
            found[name.removeprefix("network.").removesuffix("_quantized")] = _scaled(name, arrays)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            # "/network/layers.0/key/MatMul_quant", "/network/keys/keys.0/MatMul_quant"
            parts = node.name.removeprefix("/network/").split("/")[:-1]
            if len(parts) == 2 and parts[1].startswith(parts[0] + "."):
                parts = parts[1:]
            found[".".join(parts) + ".weight"] = _scaled(node.input[1], arrays).T.contiguous()
    return found


def _scaled(name: str, arrays: dict[str, Tensor]) -> Tensor:
    stem = name.removesuffix("_quantized")
    zero = arrays[f"{stem}_zero_point"].float()
    return (arrays[name].float() - zero) * arrays[f"{stem}_scale"]
