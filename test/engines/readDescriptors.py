"""Takes the serialized descriptors out of a wheel of generated protobuf code, as one FileDescriptorSet."""
import ast
import sys
import zipfile

FILES = ["common/v1/common", "resource/v1/resource", "logs/v1/logs", "collector/logs/v1/logs_service"]


def varint(number):
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes(digits + bytes([number]))


wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive, open(target, "wb") as out:
    for name in FILES:
        tree = ast.parse(archive.read(f"opentelemetry/proto/{name}_pb2.py"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddSerializedFile":
                descriptor = node.args[0].value
                out.write(b"\x0a" + varint(len(descriptor)) + descriptor)
