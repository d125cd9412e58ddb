import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toolsFolder } from "./folders.ts";
import { parseGoMod, parseGoSum } from "./go-mod.ts";
import { moduleCacheFolder, schemaNames, schemaSources, schemaVersion } from "./schemas.ts";
import { select } from "./selection.ts";
import { readSources } from "./sources.ts";
import { toolNames, tools } from "./tools.ts";

describe.each(toolNames)("the tool %s", (name) => {
  const { folder, module, package: mainPackage } = tools[name];
  const goMod = parseGoMod(readFileSync(join(toolsFolder, folder, "go.mod"), "utf8"));
  const goSum = parseGoSum(readFileSync(join(toolsFolder, folder, "go.sum"), "utf8"));

  it("has its version pinned in go.mod", () => {
    expect(goMod.versions.get(module)).toMatch(/^v\d+\.\d+\.\d+$/);
  });

  it("has the hash of that version in go.sum", () => {
    expect(goSum.get(`${module} ${goMod.versions.get(module)}`)).toMatch(/^h1:/);
  });

  it("is a package that go.mod names as a tool, or a Go file beside it", () => {
    expect(
      mainPackage === "." ? existsSync(join(toolsFolder, folder, "main.go")) : goMod.tools.includes(mainPackage),
    ).toBe(true);
  });

  it("has a hash that says from what it is built", async () => {
    expect((await readSources(name)).hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

it("two tools never share a binary", () => {
  const binaries = toolNames.map((name) => tools[name].binary);
  expect(new Set(binaries).size).toBe(binaries.length);
});

it("two binaries of one module are built with different packages", async () => {
  const [apiServer, controllerManager] = await Promise.all([
    readSources("kube-apiserver"),
    readSources("kube-controller-manager"),
  ]);
  expect(apiServer.version).toBe(controllerManager.version);
  expect(apiServer.tool.package).not.toBe(controllerManager.tool.package);
});

describe.each(schemaNames)("the schemas of %s", (name) => {
  it("come from a module whose version and hash are pinned", async () => {
    const goSum = parseGoSum(readFileSync(join(toolsFolder, "schemas", "go.sum"), "utf8"));
    expect(goSum.get(`${schemaSources[name].module} ${await schemaVersion(name)}`)).toMatch(/^h1:/);
  });
});

it("a module with capitals lies in the cache under an escaped name", () => {
  expect(moduleCacheFolder("/cache", "github.com/Azure/go-SDK", "v1.0.0")).toBe(
    join("/cache", "github.com/!azure/go-!s!d!k@v1.0.0"),
  );
});

describe("the words after `pnpm tools`", () => {
  it("ask for everything when there are none", () => {
    expect(select([])).toEqual({ tools: toolNames, schemas: true, unknown: [] });
  });

  it("name tools, each once, in the order of their builds", () => {
    expect(select(["kustomize", "kubeconform", "kustomize"])).toEqual({
      tools: ["kubeconform", "kustomize"],
      schemas: false,
      unknown: [],
    });
  });

  it("name a module by its folder, and mean all of its binaries", () => {
    expect(select(["kubernetes"]).tools).toEqual(["kube-apiserver", "kube-controller-manager"]);
  });

  it("may ask for the schemas alone", () => {
    expect(select(["schemas"])).toEqual({ tools: [], schemas: true, unknown: [] });
  });

  it("are refused when they name nothing", () => {
    expect(select(["kubeconfrom", "constructor", "etcd"])).toEqual({
      tools: ["etcd"],
      schemas: false,
      unknown: ["kubeconfrom", "constructor"],
    });
  });
});
