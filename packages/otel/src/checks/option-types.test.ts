import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCollector } from "../configuration/compile.ts";
import { goDuration } from "../configuration/go-duration.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { plainProcessor } from "../configuration/plain.ts";
import { debug } from "../exporters/debug.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { basicAuth, basicAuthServer } from "../extensions/basic-auth.ts";
import { attributes } from "../processors/attributes.ts";
import { batch } from "../processors/batch.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { otlp } from "../receivers/otlp.ts";
import { checkConfig } from "./check-config.ts";

const batching = (options: Record<string, string | number | boolean>, version?: "0.150") =>
  checkConfig(
    {
      receivers: { otlp: { protocols: { grpc: {} } } },
      processors: { batch: options },
      exporters: { debug: {} },
      service: { pipelines: { traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["debug"] } } },
    },
    version,
  ).map(({ path, message }) => [path, message]);

describe("the options of a component", () => {
  it("are those that it has, and of their types", () => {
    expect(batching({ timeout: "1s", send_batch_size: 10 })).toEqual([]);
    expect(batching({ timeouts: "1s" })).toEqual([["processors.batch.timeouts", 'there is no option "timeouts"']]);
    expect(batching({ send_batch_size: "10" })).toEqual([["processors.batch.send_batch_size", 'is "10"']]);
  });

  it("may be filled in when the collector starts, whatever their types", () => {
    expect(batching({ send_batch_size: "${env:SIZE}", timeout: "${env:SECONDS}s" })).toEqual([]);
  });

  it("are not looked at for releases whose options are not known, nor in plain data", () => {
    expect(batching({ timeouts: "1s" }, "0.150")).toEqual([]);
    const limiter = plainProcessor({ type: "batch", carries: ["traces"], options: { timeouts: "1s" } });
    expect(
      compileCollector({ pipelines: [pipeline("traces", from(otlp()), [limiter], to(debug()))] }).findings,
    ).toEqual([]);
  });

  it("are refused by the compiler where it can", () => {
    // @ts-expect-error a duration has a unit
    batch({ timeout: "30" });
    // @ts-expect-error Go knows no days
    batch({ timeout: "1d" });
    // @ts-expect-error a password is a reference
    basicAuth({ username: "shop", password: "hop" });
    // @ts-expect-error what asks others for their identity proves none
    otlpGrpc({ endpoint: "tempo:4317", auth: basicAuthServer({ htpasswdFile: "/htpasswd" }) });
    // @ts-expect-error what proves an identity asks nobody for his
    otlp({ grpc: { auth: basicAuth({ username: "shop", password: "${env:PASSWORD}" }) } });
    // @ts-expect-error an attribute gets one value
    attributes({ actions: [{ action: "upsert", key: "a" }] });
    // @ts-expect-error there is no such option
    memoryLimiter({ limit: 80 });
    expect(batch({ timeout: "30s" }).options).toEqual({ timeout: "30s" });
  });
});

describe("a duration of Go", () => {
  it("has units, and none longer than hours", () => {
    expect(["1h30m", "1.5s", "-1s", "0", "500us", "1d", "30", "soon", ""].map(goDuration)).toEqual([
      5_400_000,
      1_500,
      -1_000,
      0,
      0.5,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is the sum of its parts", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(59), fc.nat(59), (hours, minutes, seconds) => {
        expect(goDuration(`${hours}h${minutes}m${seconds}s`)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1_000);
      }),
    );
  });
});
