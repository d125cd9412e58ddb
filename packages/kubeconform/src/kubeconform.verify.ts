import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "@plinth/core";
import { badFiles } from "./kubeconform-files.fixture.ts";
import { breaks, brokenObject, validObjects } from "./kubeconform-objects.fixture.ts";
import { type DerivedSchemas, deriveSchemas } from "./schemas/derive-schemas.ts";
import { isJsonObject } from "./schemas/json-schema.ts";
import { objectMetaFields } from "./schemas/object-meta.ts";
import { objectOfCase, structuralCases, structuralCasesDefinition } from "./schemas/structural-cases.fixture.ts";
import { judge, validate } from "./validate.ts";
import { fieldPath } from "./verdicts/violations.ts";

/** What the checks against the real kubeconform need. */
export interface VerifyContext {
  /** The path of kubeconform. */
  readonly binary: string;
  /** The folder of a Go module, given as its path; which version it is, the caller pins. */
  readonly moduleDirectory: (module: string) => Promise<string>;
  /** A folder that the checks may write to. */
  readonly cacheDirectory: string;
}

/** A check; what it finds is wrong with this package, or with kubeconform. */
export type VerifyCheck = (context: VerifyContext) => Promise<Finding[]>;

const kubernetes = "k8s.io/kubernetes";
const openApi = "api/openapi-spec";
const customResources: readonly (readonly [module: string, folder: string])[] = [
  ["github.com/kyverno/kyverno", "config/crds"],
  ["github.com/prometheus-operator/prometheus-operator", "example/prometheus-operator-crd-full"],
  ["github.com/open-telemetry/opentelemetry-operator", "config/crd/bases"],
  ["github.com/slok/sloth", "pkg/kubernetes/gen/crd"],
  ["github.com/argoproj/argo-cd/v3", "manifests/crds"],
  ["github.com/grafana/grafana-operator/v5", "config/crd/bases"],
  ["github.com/cert-manager/cert-manager", "deploy/crds"],
];

/** Every kind of Kubernetes and of the operators has a schema that kubeconform compiles. */
export const everySchemaCompiles: VerifyCheck = async (context) => {
  const derived = await deriveAll(context);
  if (derived.folder === undefined) return [...derived.findings];
  const objects = derived.kinds.map((name) => {
    const at = name.lastIndexOf("/");
    return { apiVersion: name.slice(0, at), kind: name.slice(at + 1) };
  });
  const findings = await validate(objects, { binary: context.binary, schemas: derived.folder });
  const missing = findings.filter(({ code }) => code !== "invalid-resource");
  return [...missing, ...(objects.length < 150 ? [unexpected(`only ${objects.length} kinds have a schema`)] : [])];
};

/** Kubernetes' OpenAPI v2 and v3 give the same schemas. */
export const openApiVersionsAgree: VerifyCheck = async (context) => {
  const directory = await context.moduleDirectory(kubernetes);
  const [two, three] = await Promise.all(
    ["swagger.json", "v3"].map((source) =>
      deriveSchemas({
        kubernetesOpenApi: join(directory, openApi, source),
        cacheDirectory: join(context.cacheDirectory, "schemas"),
      }),
    ),
  );
  const index = async (derived: DerivedSchemas | undefined): Promise<string> =>
    readFile(join(derived?.folder ?? "", "index.json"), "utf8");
  return (await index(two)) === (await index(three)) ? [] : [unexpected("OpenAPI v2 and v3 give different schemas")];
};

/** The fields of ObjectMeta that this package names are those of Kubernetes. */
export const objectMetaIsComplete: VerifyCheck = async ({ moduleDirectory }) => {
  const document: unknown = JSON.parse(
    await readFile(join(await moduleDirectory(kubernetes), openApi, "swagger.json"), "utf8"),
  );
  const definition = ["definitions", "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "properties"].reduce(
    member,
    document,
  );
  const fields = Object.keys(isJsonObject(definition) ? definition : {}).sort();
  return fields.join() === objectMetaFields.join()
    ? []
    : [unexpected(`ObjectMeta has the fields ${fields.join(", ")}`)];
};

/** Valid objects pass. */
export const validObjectsPass: VerifyCheck = async (context) => validate(validObjects, await allSchemas(context));

/** Each break of a valid object is found where it is, and nothing else is. */
export const breaksAreFound: VerifyCheck = async (context) => {
  const options = await allSchemas(context);
  const findings: Finding[] = [];
  for (const broken of breaks) {
    const found = await validate([brokenObject(broken)], options);
    const wanted = broken.path ?? fieldPath(broken.steps.map(String));
    const paths = found.map(({ path }) => path ?? "");
    if (paths.join() !== wanted)
      findings.push(unexpected(`${broken.kind} broken at ${wanted} has findings at ${paths.join(", ") || "no path"}`));
  }
  return findings;
};

/** The dialect of CustomResourceDefinitions means to kubeconform what it means to an API server. */
export const structuralSchemasMeanTheSame: VerifyCheck = async (context) => {
  const folder = await mkdtemp(join(await made(context.cacheDirectory), "structural-"));
  try {
    const crd = join(folder, "crd.json");
    await writeFile(crd, JSON.stringify(structuralCasesDefinition));
    const derived = await deriveSchemas({ crds: [crd], cacheDirectory: folder });
    if (derived.folder === undefined) return [...derived.findings];
    const expected = structuralCases.flatMap(({ name, valid, invalid }) => [
      ...valid.map((value) => ({ name, value, isValid: true })),
      ...invalid.map((value) => ({ name, value, isValid: false })),
    ]);
    const findings: Finding[] = [];
    let index = 0;
    for await (const { valid } of judge(
      expected.map(({ name, value }) => objectOfCase(name, value)),
      { binary: context.binary, schemas: derived.folder },
    )) {
      const wanted = expected[index++];
      if (valid !== wanted?.isValid)
        findings.push(
          unexpected(`${wanted?.name} = ${JSON.stringify(wanted?.value)} is ${valid ? "taken" : "refused"}`),
        );
    }
    return findings;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** What is wrong with a file is found, with the file's name. */
export const badFilesAreFound: VerifyCheck = async (context) => {
  const options = await allSchemas(context);
  const folder = await mkdtemp(join(await made(context.cacheDirectory), "files-"));
  try {
    for (const { name, content } of badFiles) await writeFile(join(folder, name), content);
    const found = await validate(folder, options);
    return badFiles.flatMap(({ name, messages }) => {
      const said = found.filter(({ file }) => file === name).map(({ message }) => message);
      const right =
        said.length === messages.length && messages.every((message) => said.some((each) => each.includes(message)));
      return right ? [] : [unexpected(`${name}: ${JSON.stringify(said)} instead of ${JSON.stringify(messages)}`)];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** 50,000 objects are judged while they are made: at no time are more than a few hundred of them waiting. */
export const manyObjectsStream: VerifyCheck = async (context) => {
  const total = 50_000;
  let made = 0;
  let judged = 0;
  let refused = 0;
  let waiting = 0;
  const objects = function* (): Generator<object> {
    for (; made < total; made++) {
      waiting = Math.max(waiting, made - judged);
      yield {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: `settings-${made}`, namespace: "team-data" },
        data: made % 1000 === 0 ? 1 : { a: "x".repeat(500) },
      };
    }
  };
  for await (const { valid, resource } of judge(objects(), { ...(await allSchemas(context)), processes: 2 })) {
    if (resource !== `v1/ConfigMap team-data/settings-${judged}`)
      return [unexpected(`the verdict ${judged} is on ${resource}`)];
    judged++;
    if (!valid) refused++;
  }
  return [
    ...(judged === total && refused === total / 1000
      ? []
      : [unexpected(`${judged} of ${total} objects were judged, ${refused} refused`)]),
    ...(waiting <= 400 ? [] : [unexpected(`${waiting} objects were waiting at once`)]),
  ];
};

/** Objects of several megabytes among small ones: kubeconform on its own reads over the one that it is judging. */
export const largeObjectsAreJudged: VerifyCheck = async (context) => {
  const objects = [3e6, 100, 1.5e6, 3e6, 6e5, 100, 2.5e6, 2.5e6].map((size, index) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `large-${index}`, namespace: "team-data" },
    data: { a: String.fromCharCode(97 + index).repeat(size) },
  }));
  return validate(objects, await allSchemas(context));
};

/** All checks, by name. */
export const kubeconformChecks: Readonly<Record<string, VerifyCheck>> = {
  everySchemaCompiles,
  openApiVersionsAgree,
  objectMetaIsComplete,
  validObjectsPass,
  breaksAreFound,
  structuralSchemasMeanTheSame,
  badFilesAreFound,
  manyObjectsStream,
  largeObjectsAreJudged,
};

async function deriveAll({ moduleDirectory, cacheDirectory }: VerifyContext): Promise<DerivedSchemas> {
  const crds: string[] = [];
  for (const [module, folder] of customResources) crds.push(join(await moduleDirectory(module), folder));
  return deriveSchemas({
    kubernetesOpenApi: join(await moduleDirectory(kubernetes), openApi, "swagger.json"),
    crds,
    cacheDirectory: join(cacheDirectory, "schemas"),
  });
}

async function allSchemas(context: VerifyContext): Promise<{ binary: string; schemas: string }> {
  const { folder, findings } = await deriveAll(context);
  if (folder === undefined) throw new Error(findings.map(({ message }) => message).join("; "));
  return { binary: context.binary, schemas: folder };
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}

function member(owner: unknown, key: string): unknown {
  return isJsonObject(owner) ? owner[key] : undefined;
}

function unexpected(message: string): Finding {
  return { code: "tool-failed", severity: "error", message };
}
