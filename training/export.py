"""Export trained weights: `python -m training.export RUN/average.pt FOLDER`.

Writes a folder for each component: the encoder and the head of the attributions as ONNX models in 8 bits, the other
heads as arrays in half precision. The run's `labels.json` is read from beside the weights.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from quotecheck.pipeline import attribution, encoder
from quotecheck.pipeline.arrays import Head
from quotecheck.pipeline.words import WINDOW
from training import backbone
from training.labels import Labels
from training.network import WIDTH, Network


class ExportedEncoder(nn.Module):
    """The encoder without a batch."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """ids (1, pieces), features (1, pieces, 3); see `Network.forward`, each (pieces, width)."""
        states, mixed = self.network(ids, features)
        return states[0], mixed[0]


class ExportedAttribution(nn.Module):
    """The head of the attributions without a batch."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """states (words, width); see `Network.attribution`."""
        emissions, queries, keys = self.network.attribution(states[None])
        return emissions[0], queries[0], keys[0]


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    labels = Labels.read(options.weights.parent / "labels.json")
    export(load(options.weights, labels), labels, options.folder)


def load(weights: Path, labels: Labels) -> Network:
    """A network with saved weights, ready to predict; a checkpoint's averaged weights count."""
    network, state = Network(labels), torch.load(weights)
    network.load_state_dict(state.get("average", state))
    return network.eval()


def export(network: Network, labels: Labels, folder: Path) -> None:
    """Write the components' files; `heads.json` keeps what it says beyond the CRF."""
    reading, attributing = folder / "quotecheck_encoder", folder / "quotecheck"
    for part in (reading, attributing):
        part.mkdir(parents=True, exist_ok=True)
    ids, features = torch.randint(1000, 20000, (1, WINDOW)), torch.zeros(1, WINDOW, 3, dtype=torch.long)
    inputs: dict[str, Any] = {"ids": {1: "pieces"}, "features": {1: "pieces"}}
    _to_onnx(ExportedEncoder(network), (ids, features), inputs, ["states", "mixed"], reading / encoder.WEIGHTS)
    outputs = ["emissions", "queries", "keys"]
    rows = {"states": {0: "words"}}
    _to_onnx(ExportedAttribution(network), (torch.randn(99, WIDTH),), rows, outputs, attributing / attribution.WEIGHTS)
    (reading / encoder.VOCABULARY).write_text(backbone.tokenizer().to_str(), "utf-8")
    heads = attributing / attribution.HEADS
    known = json.loads(heads.read_text("utf-8")) if heads.exists() else {}
    known |= {name: getattr(network, name).detach().numpy().round(4).tolist() for name in ("transitions", "first")}
    heads.write_text(json.dumps(known | {"encoder_sha256": encoder.Encoder.from_disk(reading).sha256}), "utf-8")
    for name, head in token_heads(network, labels).items():
        head.to_disk(folder / name)


def token_heads(network: Network, labels: Labels) -> dict[str, Head]:
    """The heads of the components that read `doc.tensor`, by the components' names."""
    tokens = network.tokens
    information: dict[str, dict[str, Any]] = {
        "quotecheck_encoder": {},
        "quotecheck_tagger": {"xpos": labels.xpos, "upos": labels.upos, "feats": labels.feats},
        "quotecheck_parser": {"deps": labels.deps},
        "quotecheck_ner": {"entities": labels.entities},
        "quotecheck_coref": {},
    }
    arrays: dict[str, dict[str, Tensor]] = {
        "quotecheck_encoder": {"parts": tokens.parts.weight},
        "quotecheck_tagger": _linear("tags", tokens.tags),
        "quotecheck_parser": {
            **_linear("begins", tokens.begins),
            **_linear("arc_head", tokens.arc_head[0]),
            **_linear("arc_child", tokens.arc_child[0]),
            **_linear("label_head", tokens.label_head[0]),
            **_linear("label_child", tokens.label_child[0]),
            **{"arcs": tokens.arcs, "root": tokens.root, "labels": tokens.labels},
        },
        "quotecheck_ner": _linear("entities", tokens.entities),
        "quotecheck_coref": {
            **_linear("mention", tokens.mention[0]),
            **_linear("antecedent", tokens.antecedent[0]),
            **{"coreference": tokens.coreference, "new": tokens.new},
        },
    }
    return {
        name: Head({key: value.detach().numpy() for key, value in arrays[name].items()}, {"width": WIDTH, **known})
        for name, known in information.items()
    }


def _linear(name: str, layer: nn.Module) -> dict[str, Tensor]:
    """A layer as `Head.layer` applies it, its weight from in to out."""
    assert isinstance(layer, nn.Linear)
    return {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}


def _to_onnx(
    module: nn.Module, example: tuple[Tensor, ...], axes: dict[str, Any], names: list[str], path: Path
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        full, prepared = Path(scratch) / "full.onnx", Path(scratch) / "prepared.onnx"
        torch.onnx.export(
            module.eval(),
            example,
            str(full),
            input_names=list(axes),
            output_names=names,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(path),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    onnx.checker.check_model(str(path))


if __name__ == "__main__":
    main()
