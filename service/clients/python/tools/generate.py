"""Generates `src/switchyard/v1` from the contract in `proto/`.

    python tools/generate.py            writes the stubs
    python tools/generate.py --check    fails when the stubs there are not those of the contract

Beside what protoc writes there are typed stubs for the services, which protoc leaves out, and an
`__init__.py` that offers every message, enum and stub of the contract by its name.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet, ServiceDescriptorProto

PACKAGE = Path(__file__).resolve().parent.parent
PROTO = PACKAGE.parents[2] / "proto"
STUBS = PACKAGE / "src" / "switchyard" / "v1"

# Another release writes other stubs, so that --check would compare releases and not contracts.
GRPCIO_TOOLS = "1.85.1"

# By whether the request and the answer are streams.
CALLS = {
    (False, False): "UnaryUnaryMultiCallable",
    (False, True): "UnaryStreamMultiCallable",
    (True, False): "StreamUnaryMultiCallable",
    (True, True): "StreamStreamMultiCallable",
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Generates the stubs from the contract.")
    parser.add_argument("--check", action="store_true", help="only tell whether the stubs are up to date")
    asked = parser.parse_args()
    installed = importlib.metadata.version("grpcio-tools")
    if installed != GRPCIO_TOOLS:
        print(f"expected grpcio-tools {GRPCIO_TOOLS}, got {installed}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        fresh = generate(Path(folder))
        if asked.check:
            return report(stale(fresh))
        replace(fresh)
    return 0


def generate(folder: Path) -> Path:
    """Writes all stubs below a folder and gives the folder of the package."""
    protos = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("switchyard/v1/*.proto"))
    descriptors = folder / "descriptors.bin"
    outputs = ["--python_out", "--pyi_out", "--grpc_python_out"]
    command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO}", f"--descriptor_set_out={descriptors}"]
    command += [f"{output}={folder}" for output in outputs]
    subprocess.run([*command, *protos], check=True)

    package = folder / "switchyard" / "v1"
    files = list(FileDescriptorSet.FromString(descriptors.read_bytes()).file)
    for file in files:
        stub = package / f"{module_of(file)}_grpc.py"
        if file.service:
            stub.with_suffix(".pyi").write_text(typed_stub(file, files))
        else:
            stub.unlink()
    (package / "__init__.py").write_text(package_init(files))
    return package


def stale(fresh: Path) -> list[str]:
    """The names of files that are missing, too many or different."""
    want, have = contents(fresh), contents(STUBS)
    return sorted(name for name in want.keys() | have.keys() if want.get(name) != have.get(name))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}


def report(names: list[str]) -> int:
    if names:
        print("stale, run tools/generate.py: " + ", ".join(names), file=sys.stderr)
    return 1 if names else 0


def replace(fresh: Path) -> None:
    shutil.rmtree(STUBS, ignore_errors=True)
    shutil.copytree(fresh, STUBS)


def module_of(file: FileDescriptorProto) -> str:
    """Such as `ticket_pb2`."""
    return Path(file.name).stem + "_pb2"


def typed_stub(file: FileDescriptorProto, files: list[FileDescriptorProto]) -> str:
    """What a type checker is told of a module with services."""
    modules = {f".{other.package}.{m.name}": module_of(other) for other in files for m in other.message_type}
    methods = [method for service in file.service for method in service.method]
    used = sorted({modules[name] for m in methods for name in (m.input_type, m.output_type)})
    lines = ["from collections.abc import Iterator", "", "import grpc", ""]
    lines += [f"from switchyard.v1 import {module}" for module in used]
    for service in file.service:
        lines += ["", *stub_class(service, modules), "", *servicer_class(service, modules)]
    return "\n".join(lines) + "\n"


def python_name(type_name: str, modules: dict[str, str]) -> str:
    return f"{modules[type_name]}.{type_name.rsplit('.', 1)[1]}"


def stub_class(service: ServiceDescriptorProto, modules: dict[str, str]) -> list[str]:
    lines = [f"class {service.name}Stub:", "    def __init__(self, channel: grpc.Channel) -> None: ..."]
    for method in service.method:
        call = CALLS[method.client_streaming, method.server_streaming]
        request, answer = (python_name(name, modules) for name in (method.input_type, method.output_type))
        lines.append(f"    {method.name}: grpc.{call}[{request}, {answer}]")
    return lines


def servicer_class(service: ServiceDescriptorProto, modules: dict[str, str]) -> list[str]:
    lines = [f"class {service.name}Servicer:"]
    for method in service.method:
        request, answer = (python_name(name, modules) for name in (method.input_type, method.output_type))
        taken = f"request_iterator: Iterator[{request}]" if method.client_streaming else f"request: {request}"
        given = f"Iterator[{answer}]" if method.server_streaming else answer
        lines.append(f"    def {method.name}(self, {taken}, context: grpc.ServicerContext) -> {given}: ...")
    name = f"add_{service.name}Servicer_to_server"
    return [*lines, "", f"def {name}(servicer: {service.name}Servicer, server: grpc.Server) -> None: ..."]


def package_init(files: list[FileDescriptorProto]) -> str:
    """The package's front: every name of the contract, from wherever it is written down."""
    lines = ['"""The contract `switchyard.v1`; written by tools/generate.py, do not edit."""', ""]
    for file in files:
        names = [message.name for message in file.message_type]
        names += [name for enum in file.enum_type for name in (enum.name, *(v.name for v in enum.value))]
        lines += imports(module_of(file), names)
        if file.service:
            made = ("{}Stub", "{}Servicer", "add_{}Servicer_to_server")
            lines += imports(
                f"{module_of(file)}_grpc", [name.format(s.name) for s in file.service for name in made]
            )
    return "\n".join(lines) + "\n"


def imports(module: str, names: list[str]) -> list[str]:
    """Names are imported as themselves, which tells type checkers that they are offered."""
    lines = [f"    {name} as {name}," for name in sorted(names)]
    return [f"from switchyard.v1.{module} import (", *lines, ")"]


if __name__ == "__main__":
    sys.exit(main())
