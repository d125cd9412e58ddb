import { fieldAt, isRecord } from "@plinth/core";
import { load } from "js-yaml";
import { type Answer, readAnswer } from "./answer.ts";
import type { ApiConnection, ApiRequest, Identity } from "./api-connection.ts";
import { ClusterError } from "./cluster-error.ts";
import { discoveryPath, type KindsOfVersion, objectPath, parseKinds, type ServedKind } from "./discovery.ts";
import {
  describeObject,
  isKubernetesObject,
  type KindReference,
  type KubernetesObject,
  type ObjectReference,
} from "./kubernetes-object.ts";

/** How an object is sent. */
export interface WriteOptions {
  /** True: the server goes through everything, admission included, and stores nothing. @default false */
  dryRun?: boolean;
  /** What happens to unknown and double fields: refused, warned of, or dropped. @default "Strict" */
  fieldValidation?: "Strict" | "Warn" | "Ignore";
  /** Who sends it. @default the administrator */
  as?: Identity;
}

/** Reading and writing objects of any kind that the server knows. Rejects with ClusterError when the server does not answer. */
export interface Objects {
  /** Server-side apply as the field manager `plinth`, by force: what another manager holds is taken over. */
  apply: (object: KubernetesObject, options?: WriteOptions) => Promise<Answer>;
  /** As `apply`, for one YAML document: the server reads these very bytes. */
  applyYaml: (document: string, options?: WriteOptions) => Promise<Answer>;
  create: (object: KubernetesObject, options?: WriteOptions) => Promise<Answer>;
  /** The object, or `undefined` when there is none. */
  get: (reference: ObjectReference) => Promise<KubernetesObject | undefined>;
  /** All objects of a kind, over as many requests as it takes. */
  list: (reference: KindReference) => Promise<KubernetesObject[]>;
  /** Asks for its removal. What depends on it is removed by the controller manager, where one runs. */
  delete: (reference: ObjectReference, options?: Pick<WriteOptions, "dryRun" | "as">) => Promise<Answer>;
}

const fieldManager = "plinth";
const pageSize = 500;

/** Objects by way of a connection. What kinds there are is asked once for each group and version, and again when a kind is new. */
export function accessObjects({ send }: Pick<ApiConnection, "send">): Objects {
  const known = new Map<string, Promise<KindsOfVersion>>();

  const kindsOf = (apiVersion: string): Promise<KindsOfVersion> => {
    const kinds = send({ method: "GET", path: discoveryPath(apiVersion) }).then(({ status, body }) =>
      status === 200 ? parseKinds(body) : new Map(),
    );
    known.set(apiVersion, kinds);
    // A request that failed is not an answer to remember.
    kinds.catch(() => known.delete(apiVersion));
    return kinds;
  };

  const find = async (apiVersion: string, kind: string): Promise<ServedKind | undefined> => {
    const remembered = known.get(apiVersion);
    const served = (await (remembered ?? kindsOf(apiVersion))).get(kind);
    // What is remembered may be from before the kind was installed.
    return served ?? (remembered === undefined ? undefined : (await kindsOf(apiVersion)).get(kind));
  };

  const write = async (
    object: KubernetesObject,
    how: (served: ServedKind, namespace: string) => ApiRequest,
  ): Promise<Answer> => {
    const served = await find(object.apiVersion, object.kind);
    return served === undefined
      ? unknownKind(object)
      : readAnswer(await send(how(served, object.metadata.namespace ?? "default")));
  };

  const patch = (object: KubernetesObject, body: unknown, options: WriteOptions = {}): Promise<Answer> =>
    write(object, (served, namespace) => ({
      method: "PATCH",
      path: `${objectPath(object.apiVersion, served, namespace, object.metadata.name)}?${writeQuery(options)}&force=true`,
      body,
      contentType: "application/apply-patch+yaml",
      ...asked(options),
    }));

  return {
    apply: (object, options) => patch(object, object, options),
    applyYaml: async (document, options) => {
      const object = load(document);
      if (!isKubernetesObject(object))
        throw new TypeError("The document is no Kubernetes object: it needs apiVersion, kind and metadata.name.");
      return patch(object, document, options);
    },
    create: (object, options = {}) =>
      write(object, (served, namespace) => ({
        method: "POST",
        path: `${objectPath(object.apiVersion, served, namespace)}?${writeQuery(options)}`,
        body: object,
        ...asked(options),
      })),
    get: async ({ apiVersion, kind, name, namespace = "default" }) => {
      const served = await find(apiVersion, kind);
      if (served === undefined) return undefined;
      const { status, body } = await send({ method: "GET", path: objectPath(apiVersion, served, namespace, name) });
      if (status === 404) return undefined;
      if (isKubernetesObject(body) && status === 200) return body;
      throw new ClusterError(`${apiVersion}/${kind} ${name} cannot be read: ${JSON.stringify(body)}`);
    },
    list: async ({ apiVersion, kind, namespace, labelSelector }) => {
      const served = await find(apiVersion, kind);
      if (served === undefined) throw new ClusterError(`The API server does not know the kind ${apiVersion}/${kind}.`);
      return listPages(send, objectPath(apiVersion, served, namespace), { apiVersion, kind }, labelSelector);
    },
    delete: async ({ apiVersion, kind, name, namespace }, options = {}) => {
      const object: KubernetesObject = {
        apiVersion,
        kind,
        metadata: namespace === undefined ? { name } : { name, namespace },
      };
      const answer = await write(object, (served, inNamespace) => ({
        method: "DELETE",
        path: objectPath(apiVersion, served, inNamespace, name),
        body: {
          kind: "DeleteOptions",
          apiVersion: "v1",
          propagationPolicy: "Background",
          ...(options.dryRun === true ? { dryRun: ["All"] } : {}),
        },
        ...asked(options),
      }));
      // What is gone at once is answered by a bare status.
      return !answer.accepted && answer.status < 300 ? { accepted: true, object, warnings: answer.warnings } : answer;
    },
  };
}

function writeQuery({ dryRun = false, fieldValidation = "Strict" }: WriteOptions): string {
  return new URLSearchParams({ fieldManager, fieldValidation, ...(dryRun ? { dryRun: "All" } : {}) }).toString();
}

function asked({ as }: Pick<WriteOptions, "as">): Pick<ApiRequest, "as"> {
  return as === undefined ? {} : { as };
}

function unknownKind(object: KubernetesObject): Answer {
  const { apiVersion, kind } = object;
  return {
    accepted: false,
    status: 404,
    reason: "UnknownKind",
    message: `${describeObject(object)}: the API server does not know the kind ${kind} in ${apiVersion}; is its custom resource definition installed?`,
    causes: [],
    warnings: [],
  };
}

async function listPages(
  send: ApiConnection["send"],
  path: string,
  kind: Pick<KubernetesObject, "apiVersion" | "kind">,
  labelSelector: string | undefined,
): Promise<KubernetesObject[]> {
  const objects: KubernetesObject[] = [];
  let next: string | undefined = "";
  while (next !== undefined) {
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(next === "" ? {} : { continue: next }),
    });
    const { status, body } = await send({ method: "GET", path: `${path}?${query}` });
    const items = fieldAt(body, "items");
    if (status !== 200 || !Array.isArray(items))
      throw new ClusterError(`${path} cannot be listed: ${JSON.stringify(body)}`);
    // The items of a list do not repeat what the list says.
    objects.push(
      ...items
        .filter(isRecord)
        .map((item) => ({ ...item, ...kind }))
        .filter(isKubernetesObject),
    );
    const more: unknown = fieldAt(body, "metadata", "continue");
    next = typeof more === "string" && more !== "" ? more : undefined;
  }
  return objects;
}
