import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fieldAt, isRecord } from "@plinth/core";
import { loadAll } from "js-yaml";
import type { ApiConnection } from "./api-connection.ts";
import { ClusterError } from "./cluster-error.ts";
import { discoveryPath, parseKinds } from "./discovery.ts";
import { isKubernetesObject, type KubernetesObject } from "./kubernetes-object.ts";
import type { Objects } from "./objects.ts";

const kind = "CustomResourceDefinition";

/**
 * Installs the custom resource definitions in YAML files, and waits until the server serves each of them.
 *
 * @returns the names of the definitions: `prometheusrules.monitoring.coreos.com`
 * @throws ClusterError when a file holds something else, or the server refuses a definition: all of them in one message
 */
export async function installCrds(
  connection: Pick<ApiConnection, "send">,
  objects: Objects,
  crdFiles: readonly string[],
): Promise<string[]> {
  const definitions = (await Promise.all(crdFiles.map(readDefinitions))).flat();
  const problems = await Promise.all(definitions.map(({ file, definition }) => install(objects, file, definition)));
  const told = problems.filter((problem) => problem !== undefined);
  if (told.length > 0)
    throw new ClusterError(`The API server refuses custom resource definitions:\n${told.join("\n")}`);
  await waitUntilServed(
    connection,
    definitions.flatMap(({ definition }) => servedVersions(definition)),
  );
  return [...new Set(definitions.map(({ definition }) => definition.metadata.name))];
}

/** Installs one definition; gives what is wrong with it. To create costs the server half of what an apply costs: only what is there is applied. */
async function install(objects: Objects, file: string, definition: KubernetesObject): Promise<string | undefined> {
  // Definitions of other projects may carry fields that this version of Kubernetes does not know.
  const options = { fieldValidation: "Warn" } as const;
  const created = await objects.create(definition, options);
  const answer =
    !created.accepted && created.reason === "AlreadyExists" ? await objects.apply(definition, options) : created;
  return answer.accepted ? undefined : `${file}: ${answer.message}`;
}

async function readDefinitions(file: string): Promise<{ file: string; definition: KubernetesObject }[]> {
  const documents: unknown[] = loadAll(await readFile(file, "utf8"));
  return documents
    .filter((document) => document !== null && document !== undefined)
    .map((definition) => {
      if (isKubernetesObject(definition) && definition.kind === kind) return { file, definition };
      throw new ClusterError(`${file} holds something that is not a ${kind}.`);
    });
}

/** The server lists a kind once its definition is established. To ask for the definitions themselves would cost far more: they are large. */
async function waitUntilServed(
  connection: Pick<ApiConnection, "send">,
  wanted: readonly ServedVersion[],
): Promise<void> {
  const missing = new Map(wanted.map((version) => [`${version.kind} of ${version.apiVersion}`, version]));
  const end = performance.now() + servedWithin;
  while (missing.size > 0) {
    for (const apiVersion of new Set([...missing.values()].map((version) => version.apiVersion))) {
      const kinds = parseKinds((await connection.send({ method: "GET", path: discoveryPath(apiVersion) })).body);
      for (const [name, version] of missing)
        if (version.apiVersion === apiVersion && kinds.has(version.kind)) missing.delete(name);
    }
    if (missing.size === 0) return;
    if (performance.now() >= end)
      throw new ClusterError(
        `The API server does not serve ${[...missing.keys()].join(", ")} after ${servedWithin / 1000} s.`,
      );
    await sleep(100);
  }
}

/** Fifty large definitions take a loaded machine most of a minute. */
const servedWithin = 120_000;

interface ServedVersion {
  apiVersion: string;
  kind: string;
}

function servedVersions(definition: KubernetesObject): ServedVersion[] {
  const group = fieldAt(definition, "spec", "group");
  const versions = fieldAt(definition, "spec", "versions");
  const served = fieldAt(definition, "spec", "names", "kind");
  if (!Array.isArray(versions)) return [];
  return versions
    .filter((version) => isRecord(version) && version.served === true)
    .map((version) => ({ apiVersion: `${group}/${fieldAt(version, "name")}`, kind: String(served) }));
}
