import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCollectorConfig } from "../configuration/collector-config.ts";
import { checkCollectorConfig } from "./check-config.ts";
import { structureFindings, withoutEmpty } from "./structure.ts";

const good = {
  receivers: { otlp: { protocols: { grpc: null } } },
  exporters: { debug: null },
  service: { pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } } },
};

const paths = (document: unknown): readonly (string | undefined)[] =>
  checkCollectorConfig(document).map(({ path }) => path);

describe("a document", () => {
  it("is a configuration when it has the sections of one", () => {
    expect(checkCollectorConfig(good)).toEqual([]);
  });

  it("may leave a section empty", () => {
    expect(checkCollectorConfig({ ...good, processors: null, service: { ...good.service, extensions: null } })).toEqual(
      [],
    );
  });

  it("is none without its sections", () => {
    expect(paths({})).toEqual(["receivers", "exporters", "service"]);
    expect(paths([])).toEqual([""]);
    expect(paths("receivers")).toEqual([""]);
    expect(paths({ ...good, service: {} })).toEqual(["service.pipelines"]);
  });

  it("has no other fields", () => {
    expect(checkCollectorConfig({ ...good, processor: {} })).toMatchObject([
      { code: "unknown-field", path: "processor", example: "processors" },
    ]);
    expect(paths({ ...good, service: { ...good.service, pipeline: {} } })).toEqual(["service.pipeline"]);
    expect(
      paths({ ...good, service: { pipelines: { traces: { receiver: ["otlp"], exporters: ["debug"] } } } }),
    ).toEqual(["service.pipelines.traces.receiver", "service.pipelines.traces.receivers"]);
  });

  it("has ids where ids belong, and options where options belong", () => {
    expect(paths({ ...good, processors: { "batch/": {}, "9lives": {} } })).toEqual([
      "processors.batch/",
      "processors.9lives",
    ]);
    expect(paths({ ...good, processors: { batch: "1s" } })).toEqual(["processors.batch"]);
    expect(paths({ ...good, processors: ["batch"] })).toEqual(["processors"]);
    expect(paths({ ...good, service: { pipelines: { traces: { receivers: "otlp", exporters: [1] } } } })).toEqual([
      "service.pipelines.traces.receivers",
      "service.pipelines.traces.exporters[0]",
    ]);
  });

  it("is checked further only when it is a configuration", () => {
    expect(paths({ ...good, processors: { batch: { timeouts: "1s" } } })).toEqual([
      "processors.batch",
      "processors.batch.timeouts",
    ]);
  });

  it("of any kind is answered, and what has no such findings is a configuration", () => {
    const anything = fc.oneof(
      fc.anything({ withNullPrototype: false }),
      fc.record({ receivers: fc.anything(), exporters: fc.anything(), service: fc.anything() }),
      fc.record({
        receivers: fc.dictionary(fc.string(), fc.anything()),
        exporters: fc.dictionary(fc.string(), fc.anything()),
        service: fc.record({
          pipelines: fc.dictionary(
            fc.string(),
            fc.record({ receivers: fc.array(fc.string()), exporters: fc.anything() }),
          ),
        }),
      }),
    );
    fc.assert(
      fc.property(anything, (document) => {
        expect(structureFindings(document).length > 0 || isCollectorConfig(withoutEmpty(document))).toBe(true);
      }),
    );
  });
});
