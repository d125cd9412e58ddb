import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInKinds } from "./built-in.ts";
import { customResourceKinds } from "./custom-resource.ts";
import { conversionVersion, deriveSchemas } from "./derive-schemas.ts";
import { builtInNameRules, nameLimits } from "./names.ts";
import { openApiDocument } from "./open-api.fixture.ts";
import { structuralCasesDefinition } from "./structural-cases.fixture.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "derive-schemas-"));
});
afterEach(async () => {
  await chmod(join(folder, "cache"), 0o755).catch(() => {});
  await rm(folder, { recursive: true, force: true });
});

const crd = (kind: string, type = "string", version: object = {}): string =>
  JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind },
      versions: [
        {
          name: "v1",
          served: true,
          schema: { openAPIV3Schema: { type: "object", properties: { a: { type } } } },
          ...version,
        },
      ],
    },
  });

const write = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
};
const derive = (...crds: string[]): ReturnType<typeof deriveSchemas> =>
  deriveSchemas({ crds, cacheDirectory: join(folder, "cache") });

describe("derived schemas", () => {
  it("come from every CustomResourceDefinition of files and folders; other objects are passed over", async () => {
    await write("crds/a.yaml", `# a\n---\n${crd("A")}\n---\nkind: Kustomization\n---\n`);
    await write("crds/deep/b.json", crd("B"));
    await write("crds/README.md", "not: [yaml");
    const file = await write("c.yml", crd("C"));
    const { folder: schemas, kinds, findings } = await derive(join(folder, "crds"), file);
    expect(findings).toEqual([]);
    expect(kinds).toEqual(["example.com/v1/A", "example.com/v1/B", "example.com/v1/C"]);
    const schema: unknown = JSON.parse(await readFile(join(schemas ?? "", "example.com/a_v1.json"), "utf8"));
    expect(schema).toHaveProperty("properties.a.type", ["string", "null"]);
  });

  it("are kept by the content of their sources, whatever these are called", async () => {
    const first = await derive(await write("a.yaml", crd("A")), await write("b.yaml", crd("B")));
    const moved = await derive(await write("y.yaml", crd("B")), await write("x.yaml", crd("A")));
    const changed = await derive(await write("a.yaml", crd("A", "integer")), await write("b.yaml", crd("B")));
    expect(moved.folder).toBe(first.folder);
    expect(changed.folder).not.toBe(first.folder);
    expect(await readdir(join(folder, "cache"))).toHaveLength(2);
  });

  it("are derived again when a file was cut off or is gone", async () => {
    const source = await write("a.yaml", crd("A"));
    const file = join((await derive(source)).folder ?? "", "example.com/a_v1.json");
    const whole = await readFile(file, "utf8");
    await truncate(file, 10);
    await derive(source);
    expect(await readFile(file, "utf8")).toBe(whole);
    await rm(file);
    await derive(source);
    expect(await readFile(file, "utf8")).toBe(whole);
    expect(await readdir(join(folder, "cache"))).toHaveLength(1);
  });

  it("are derived by several at once without harm", async () => {
    const source = await write("a.yaml", crd("A"));
    const all = await Promise.all(Array.from({ length: 5 }, () => derive(source)));
    expect(all.flatMap(({ findings }) => findings)).toEqual([]);
    expect(new Set(all.map((each) => each.folder)).size).toBe(1);
    expect(await readdir(join(folder, "cache"))).toHaveLength(1);
  });

  it("take what a killed run left behind away, once it is old", async () => {
    const old = join(folder, "cache", "0123.partial-abc");
    const fresh = join(folder, "cache", "4567.partial-def");
    await mkdir(old, { recursive: true });
    await mkdir(fresh);
    await utimes(old, 0, 0);
    await derive(await write("a.yaml", crd("A")));
    const left = await readdir(join(folder, "cache"));
    expect(left).toContain("4567.partial-def");
    expect(left).not.toContain("0123.partial-abc");
  });
});

describe("sources that cannot be used", () => {
  it.each([
    ["that is not YAML", "a: [", "bad indentation|unexpected|expected"],
    [
      "that is of an API version that is gone",
      crd("A").replace("k8s.io/v1", "k8s.io/v1beta1"),
      "apiVersion is a string",
    ],
    [
      "whose schema is no object",
      crd("A", "string", { schema: { openAPIV3Schema: 1 } }),
      "openAPIV3Schema is a number",
    ],
  ])("a file %s is a finding with its name, and nothing is written", async (_, content, message) => {
    const good = await write("good.yaml", crd("Good"));
    const bad = await write("bad.yaml", content);
    const { folder: schemas, findings } = await derive(good, bad);
    expect(schemas).toBeUndefined();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: "tool-failed", severity: "error", source: { file: bad } });
    expect(findings[0]?.message).toMatch(new RegExp(message));
    await expect(readdir(join(folder, "cache"))).rejects.toThrow("ENOENT");
  });

  it("every file and folder that is not there is a finding", async () => {
    const { findings } = await deriveSchemas({
      kubernetesOpenApi: join(folder, "no.json"),
      crds: [join(folder, "none")],
      cacheDirectory: folder,
    });
    expect(findings.map(({ source }) => source?.file)).toEqual([join(folder, "no.json"), join(folder, "none")]);
  });

  it("an OpenAPI document that is none is a finding", async () => {
    const file = await write("openapi.json", "[]");
    const { findings } = await deriveSchemas({ kubernetesOpenApi: file, cacheDirectory: join(folder, "cache") });
    expect(findings[0]).toMatchObject({
      message: expect.stringContaining("the schema is a list"),
      expected: "an OpenAPI document",
    });
  });

  it("a kind that is defined twice in different ways is a finding; twice the same is not", async () => {
    const first = await write("a.yaml", crd("A"));
    expect((await derive(first, await write("same.yaml", crd("A")))).findings).toEqual([]);
    const { findings } = await derive(first, await write("other.yaml", crd("A", "integer")));
    expect(findings).toMatchObject([
      { code: "duplicate-resource", message: expect.stringContaining("example.com/v1/A") },
    ]);
  });

  it("a cache that cannot be written is a finding", async () => {
    const source = await write("a.yaml", crd("A"));
    const blocked = await write("cache", "a file where the folder should be");
    const { findings, folder: schemas } = await deriveSchemas({ crds: [source], cacheDirectory: blocked });
    expect(schemas).toBeUndefined();
    expect(findings).toMatchObject([{ code: "not-writable", message: expect.stringContaining(blocked) }]);
  });
});

it("conversionVersion has to change together with what is derived", () => {
  const derived = [
    customResourceKinds(Object(structuralCasesDefinition)),
    builtInKinds([openApiDocument]),
    builtInNameRules,
    nameLimits,
  ];
  const hash = createHash("sha256").update(JSON.stringify(derived)).digest("hex").slice(0, 16);
  // When this fails, schemas that are kept on disk are out of date: raise conversionVersion, then note the new pair here.
  expect({ conversionVersion, hash }).toEqual({ conversionVersion: "1", hash: "b1df9ad3dd874c15" });
});
