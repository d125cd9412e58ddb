import { describe, expect, it } from "vitest";
import { reviewAccess } from "./access-review.ts";
import type { ApiResponse } from "./answer.ts";
import type { ApiRequest } from "./api-connection.ts";
import { discoveryPath, objectPath, parseKinds } from "./discovery.ts";
import { accessObjects } from "./objects.ts";

/** A server that knows config maps and namespaces, answers from a table, and remembers what it was asked. */
function fakeServer(answers: Readonly<Record<string, unknown>> = {}): {
  send: (request: ApiRequest) => Promise<ApiResponse>;
  asked: ApiRequest[];
} {
  const asked: ApiRequest[] = [];
  const kinds = {
    resources: [
      { name: "configmaps", kind: "ConfigMap", namespaced: true },
      { name: "namespaces", kind: "Namespace", namespaced: false },
      { name: "namespaces/status", kind: "Namespace", namespaced: false },
    ],
  };
  const send = (request: ApiRequest): Promise<ApiResponse> => {
    asked.push(request);
    const body =
      request.path === "/api/v1"
        ? kinds
        : (answers[request.path] ?? (request.method === "GET" ? undefined : request.body));
    return Promise.resolve({ status: body === undefined ? 404 : 200, body, warnings: [] });
  };
  return { send, asked };
}

const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "team-a" } };

describe("objects", () => {
  it("are applied on the server, by force, strictly, in Plinth's name", async () => {
    const server = fakeServer();
    expect(await accessObjects(server).apply(map)).toMatchObject({ accepted: true });
    expect(server.asked.at(-1)).toEqual({
      method: "PATCH",
      path: "/api/v1/namespaces/team-a/configmaps/a?fieldManager=plinth&fieldValidation=Strict&force=true",
      body: map,
      contentType: "application/apply-patch+yaml",
    });
  });

  it("in YAML are sent as they are written", async () => {
    const server = fakeServer();
    const yaml = "apiVersion: v1\nkind: Namespace\nmetadata: {name: 'team-a'} # ours\n";
    await accessObjects(server).applyYaml(yaml);
    expect(server.asked.at(-1)).toMatchObject({
      path: expect.stringMatching(/^\/api\/v1\/namespaces\/team-a\?/),
      body: yaml,
    });
  });

  it("in YAML need a kind and a name", async () => {
    await expect(accessObjects(fakeServer()).applyYaml("kind: ConfigMap")).rejects.toThrow(
      "apiVersion, kind and metadata.name",
    );
  });

  it("are created in a dry run, as somebody else, when asked", async () => {
    const server = fakeServer();
    const as = { user: "ana", groups: ["developers"] };
    await accessObjects(server).create(map, { dryRun: true, fieldValidation: "Warn", as });
    expect(server.asked.at(-1)).toEqual({
      method: "POST",
      path: "/api/v1/namespaces/team-a/configmaps?fieldManager=plinth&fieldValidation=Warn&dryRun=All",
      body: map,
      as,
    });
  });

  it("without a namespace go to the one named default, if their kind has namespaces", async () => {
    const server = fakeServer();
    await accessObjects(server).create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } });
    await accessObjects(server).create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } });
    const paths = server.asked.filter(({ method }) => method === "POST").map(({ path }) => path.split("?")[0]);
    expect(paths).toEqual(["/api/v1/namespaces/default/configmaps", "/api/v1/namespaces"]);
  });

  it("of a kind that the server does not know are refused, and the kind is asked for again each time", async () => {
    const server = fakeServer();
    const objects = accessObjects(server);
    const thing = { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "a" } };
    expect(await objects.create(thing)).toMatchObject({
      accepted: false,
      status: 404,
      reason: "UnknownKind",
      message: expect.stringContaining("example.com/v1/Thing a"),
    });
    await objects.create(thing);
    expect(server.asked.map(({ path }) => path)).toEqual(["/apis/example.com/v1", "/apis/example.com/v1"]);
  });

  it("of a known kind cost one question about kinds, however many they are", async () => {
    const server = fakeServer();
    const objects = accessObjects(server);
    await Promise.all([1, 2, 3].map((number) => objects.create({ ...map, metadata: { name: `a${number}` } })));
    await objects.create(map);
    expect(server.asked.filter(({ path }) => path === "/api/v1")).toHaveLength(1);
  });

  it("that are not there are undefined", async () => {
    const objects = accessObjects(fakeServer());
    expect(await objects.get({ apiVersion: "v1", kind: "ConfigMap", name: "nothing" })).toBeUndefined();
    expect(await objects.get({ apiVersion: "v2", kind: "ConfigMap", name: "nothing" })).toBeUndefined();
  });

  it("are listed page by page, each with the kind of the list", async () => {
    const first = "/api/v1/configmaps?limit=500&labelSelector=app%3Dcart";
    const server = fakeServer({
      [first]: { items: [{ metadata: { name: "a" } }], metadata: { continue: "more" } },
      [`${first}&continue=more`]: { items: [{ metadata: { name: "b" } }], metadata: {} },
    });
    const found = await accessObjects(server).list({ apiVersion: "v1", kind: "ConfigMap", labelSelector: "app=cart" });
    expect(found).toEqual([
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } },
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "b" } },
    ]);
  });

  it("that are gone at once when removed count as removed", async () => {
    const server = fakeServer({ "/api/v1/namespaces/team-a/configmaps/a": { kind: "Status", status: "Success" } });
    const answer = await accessObjects(server).delete({
      apiVersion: "v1",
      kind: "ConfigMap",
      name: "a",
      namespace: "team-a",
    });
    expect(answer).toEqual({ accepted: true, object: map, warnings: [] });
  });
});

describe("paths", () => {
  const deployments = { resource: "deployments", namespaced: true };

  it("of the core group and of others", () => {
    expect([discoveryPath("v1"), discoveryPath("apps/v1")]).toEqual(["/api/v1", "/apis/apps/v1"]);
  });

  it("of a collection in one namespace, in all, and of one object", () => {
    expect(objectPath("apps/v1", deployments, "team-data")).toBe("/apis/apps/v1/namespaces/team-data/deployments");
    expect(objectPath("apps/v1", deployments)).toBe("/apis/apps/v1/deployments");
    expect(objectPath("apps/v1", deployments, "team-data", "accounting")).toBe(
      "/apis/apps/v1/namespaces/team-data/deployments/accounting",
    );
  });

  it("never leave their collection, whatever the name", () => {
    expect(objectPath("v1", { resource: "configmaps", namespaced: true }, "a", "../secrets/b?x")).toBe(
      "/api/v1/namespaces/a/configmaps/..%2Fsecrets%2Fb%3Fx",
    );
  });

  it("of kinds come from what the server lists; what it does not say is not there", () => {
    expect(parseKinds(undefined).size).toBe(0);
    expect(parseKinds({ resources: [null, { kind: "A" }, { kind: "B", name: "bs" }] })).toEqual(
      new Map([["B", { resource: "bs", namespaced: false }]]),
    );
  });
});

describe("a question about permissions", () => {
  const review = (status: unknown): ReturnType<typeof fakeServer> & { body: () => unknown } => {
    const asked: ApiRequest[] = [];
    return {
      asked,
      send: (request) => {
        asked.push(request);
        return Promise.resolve({ status: 201, body: { status }, warnings: [] });
      },
      body: () => asked[0]?.body,
    };
  };

  it("about objects names group, resource and where", async () => {
    const server = review({ allowed: true, reason: "RBAC: allowed" });
    const answer = await reviewAccess(server, {
      user: "ana",
      groups: ["g"],
      verb: "get",
      group: "apps",
      resource: "deployments",
      namespace: "team-a",
    });
    expect(answer).toEqual({ allowed: true, reason: "RBAC: allowed" });
    expect(server.body()).toMatchObject({
      spec: {
        user: "ana",
        groups: ["g"],
        resourceAttributes: { verb: "get", group: "apps", resource: "deployments", namespace: "team-a" },
      },
    });
  });

  it("about a path names the path", async () => {
    const server = review({ allowed: false });
    expect(await reviewAccess(server, { user: "ana", verb: "get", path: "/metrics" })).toEqual({
      allowed: false,
      reason: "",
    });
    expect(server.body()).toMatchObject({ spec: { nonResourceAttributes: { path: "/metrics", verb: "get" } } });
  });

  it("keeps what the authorizer could not evaluate", async () => {
    const answer = await reviewAccess(review({ allowed: false, evaluationError: 'role "x" not found' }), {
      user: "a",
      verb: "get",
      resource: "pods",
    });
    expect(answer.error).toBe('role "x" not found');
  });

  it("that gets no verdict is an error, never a no", async () => {
    await expect(reviewAccess(review({}), { user: "a", verb: "get", resource: "pods" })).rejects.toThrow(
      "was not answered",
    );
  });
});
