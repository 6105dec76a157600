"""Export trained weights: `python -m training.export WEIGHTS FOLDER` writes ONNX model (int8), vocabulary, heads."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from quotecheck.pipeline.encoder import HEADS, VOCABULARY, WEIGHTS
from quotecheck.pipeline.words import WINDOW
from training import backbone
from training.network import Network


class Exported(nn.Module):
    """The network without a batch, reading out only the first pieces of words."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, features: Tensor, positions: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids (1, pieces), features (1, pieces, 3), positions (words,); see `Network.forward`."""
        emissions, queries, keys = self.network(ids, features, None, positions)
        return emissions[0], queries[0], keys[0]


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    export(load(options.weights), options.folder)


def export(network: Network, folder: Path) -> None:
    """Write the files that `Encoder.from_disk` reads; `heads.json` keeps what it says beyond the CRF."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, prepared = Path(scratch) / "full.onnx", Path(scratch) / "prepared.onnx"
        _to_onnx(network, full)
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(folder / WEIGHTS),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    onnx.checker.check_model(str(folder / WEIGHTS))
    (folder / VOCABULARY).write_text(backbone.tokenizer().to_str(), "utf-8")
    known = json.loads((folder / HEADS).read_text("utf-8")) if (folder / HEADS).exists() else {}
    known |= {name: getattr(network, name).detach().numpy().round(4).tolist() for name in ("transitions", "first")}
    (folder / HEADS).write_text(json.dumps(known), "utf-8")


def load(weights: Path) -> Network:
    """A network with saved weights, ready to predict."""
    network = Network()
    network.load_state_dict(torch.load(weights))
    return network.eval()


def _to_onnx(network: Network, path: Path) -> None:
    ids = torch.randint(1000, 20000, (1, WINDOW))
    features = torch.zeros(1, WINDOW, 3, dtype=torch.long)
    positions = torch.arange(0, WINDOW, 2)
    torch.onnx.export(
        Exported(network).eval(),
        (ids, features, positions),
        str(path),
        input_names=["ids", "features", "positions"],
        output_names=["emissions", "queries", "keys"],
        dynamic_axes={"ids": {1: "pieces"}, "features": {1: "pieces"}, "positions": {0: "words"}},
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    main()
