import { z } from "zod";
import { dnsLabelField, textField } from "./field.ts";
import type { Language } from "./language.ts";

/**
 * How a service comes to its traces, metrics and logs. `automatic`: an agent is put into its pods from outside. `manual`: the program brings its own SDK and
 * is told where to send. `none`: it sends nothing.
 */
export type InstrumentationMode = "automatic" | "manual" | "none";

/** How a service is instrumented, and what an agent has to know of its image. */
export interface Instrumentation {
  readonly mode: InstrumentationMode;
  /** Containers that get the agent, by name. Empty means the first of the pod. */
  readonly containers: readonly string[];
  /** The C library of its image: agents have native parts for each. */
  readonly libc: CLibrary;
  /** Path of the program in its container: what an agent outside of the process looks for. */
  readonly executable?: string;
  /** How it sends OTLP. */
  readonly protocol: OtlpProtocol;
}

/** As OTEL_EXPORTER_OTLP_PROTOCOL says it. */
export type OtlpProtocol = "grpc" | "http/protobuf";

/** `musl` is that of Alpine Linux, `glibc` that of nearly every other image. */
export type CLibrary = "glibc" | "musl";

export type InstrumentationInput =
  | InstrumentationMode
  | {
      /** @default by language */
      mode?: InstrumentationMode;
      /** Containers that get the agent, by name. @default the first of the pod */
      containers?: string[];
      /** The C library of its image; `"musl"` for Alpine Linux. @default "glibc" */
      libc?: CLibrary;
      /** Path of the program in its container: `"/app/checkout"`. Needed for Go that is instrumented automatically. @default none */
      executable?: string;
      /** How a program that brings its own SDK sends OTLP. @default by language: `"grpc"` for Go, Rust, C++, Envoy and nginx, else `"http/protobuf"` */
      protocol?: OtlpProtocol;
    };

/**
 * What a service of each language does unless it says otherwise. `automatic` where an agent loads into the runtime without rights that a pod does not have;
 * an Envoy or nginx has its exporter in its own configuration.
 */
export const defaultInstrumentation: Readonly<Record<Language, InstrumentationMode>> = {
  java: "automatic",
  kotlin: "automatic",
  nodejs: "automatic",
  python: "automatic",
  dotnet: "automatic",
  go: "manual",
  ruby: "manual",
  rust: "manual",
  cpp: "manual",
  php: "manual",
  elixir: "manual",
  envoy: "manual",
  nginx: "manual",
};

// What the exporter of each language's getting-started page speaks, where that is not the specification's http/protobuf; what Envoy and nginx speak alone:
// https://opentelemetry.io/docs/languages/sdk-configuration/otlp-exporter/#otel_exporter_otlp_protocol, https://nginx.org/en/docs/ngx_otel_module.html
const grpcByDefault: ReadonlySet<Language> = new Set(["go", "rust", "cpp", "envoy", "nginx"]);

/** An instrumentation that leaves something to the language. */
export type UndecidedInstrumentation = Omit<Instrumentation, "mode" | "protocol"> & {
  readonly mode?: InstrumentationMode;
  readonly protocol?: OtlpProtocol;
};

const modeField = z.enum(["automatic", "manual", "none"]);

const pathField = textField(
  (value) => (/^\/[^\s\0]*[^\s\0/]$/.test(value) ? undefined : `${JSON.stringify(value)} is no path of a program`),
  { expected: "an absolute path in the container", example: '"/app/checkout"' },
);

export const instrumentationSchema: z.ZodType<UndecidedInstrumentation, InstrumentationInput> = z
  .union([
    modeField.transform((mode) => ({ mode })),
    z.strictObject({
      mode: modeField.exactOptional(),
      containers: z.array(dnsLabelField).exactOptional(),
      libc: z.enum(["glibc", "musl"]).exactOptional(),
      executable: pathField.exactOptional(),
      protocol: z.enum(["grpc", "http/protobuf"]).exactOptional(),
    }),
  ])
  .transform((given): UndecidedInstrumentation => ({ containers: [], libc: "glibc", ...given }))
  .meta({
    expected: '"automatic", "manual" or "none", or one of them with what an agent has to know of the image',
    example: '{ mode: "automatic", libc: "musl" }',
  });

const undecided: UndecidedInstrumentation = { containers: [], libc: "glibc" };

/** The instrumentation of a service: what it says, and else what its language has. An agent speaks HTTP: the one of Python knows nothing else. */
export function instrumentationOf(language: Language, given: UndecidedInstrumentation = undecided): Instrumentation {
  const mode = given.mode ?? defaultInstrumentation[language];
  const usual = mode !== "automatic" && grpcByDefault.has(language) ? "grpc" : "http/protobuf";
  return { ...given, mode, protocol: given.protocol ?? usual };
}
