import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';

/** The official schema, from the descriptors that `run.sh` fetched. */
export const readOtlpSchema = () => {
  const bytes = readFileSync(new URL('../.engines/otlp/descriptors.bin', import.meta.url));
  const root = protobuf.Root.fromDescriptor(descriptor.FileDescriptorSet.decode(bytes)).resolveAll();
  return {
    request: root.lookupType('opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest'),
    response: root.lookupType('opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse'),
    severity: root.lookupEnum('opentelemetry.proto.logs.v1.SeverityNumber'),
  };
};
