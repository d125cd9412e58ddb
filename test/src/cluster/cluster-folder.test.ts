import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownRecord } from "../tools/process-identity.ts";
import { createClusterFolder, removeAbandoned } from "./cluster-folder.ts";
import { apiServerFlags, etcdFlags } from "./control-plane-flags.ts";
import { writeCredentials, writeKubeconfig } from "./credentials.ts";
import { freePorts } from "./free-ports.ts";
import { describeExit, lastLines } from "./server.ts";
import { waitFor } from "./wait-for.ts";

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "plinth-folder-"));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe("the folder of a cluster", () => {
  it("is there until it is removed", async () => {
    const folder = await createClusterFolder(parent);
    await writeFile(join(folder.path, "etcd.log"), "started");
    expect(await readdir(parent)).toHaveLength(1);
    await folder.remove();
    await folder.remove();
    expect(await readdir(parent)).toEqual([]);
  });

  it("of a process that is gone is removed by the next start", async () => {
    const left = join(parent, "plinth-cluster-left");
    await mkdir(left);
    await writeFile(join(left, "owner.json"), JSON.stringify({ pid: process.pid, identity: "an earlier boot" }));
    const folder = await createClusterFolder(parent);
    expect(existsSync(left)).toBe(false);
    await folder.remove();
  });

  it("of a process that runs stays, and so does whatever is not a cluster's", async () => {
    await mkdir(join(parent, "plinth-cluster-mine"));
    await writeFile(join(parent, "plinth-cluster-mine", "owner.json"), JSON.stringify(await ownRecord()));
    await mkdir(join(parent, "something-else"));
    await removeAbandoned(parent);
    expect((await readdir(parent)).sort()).toEqual(["plinth-cluster-mine", "something-else"]);
  });

  it("without an owner stays while it may be one that is just made, and goes later", async () => {
    const nobodys = join(parent, "plinth-cluster-nobodys");
    await mkdir(nobodys);
    await removeAbandoned(parent);
    expect(existsSync(nobodys)).toBe(true);
    await utimes(nobodys, 0, 0);
    await removeAbandoned(parent);
    expect(existsSync(nobodys)).toBe(false);
  });
});

describe("credentials", () => {
  it("are made anew for each cluster, and only their owner reads them", async () => {
    const [first, second] = [join(parent, "a"), join(parent, "b")];
    await Promise.all([mkdir(first), mkdir(second)]);
    const tokens = await Promise.all([writeCredentials(first), writeCredentials(second)]);
    expect(tokens[0]?.token).toMatch(/^[0-9a-f]{48}$/);
    expect(tokens[0]?.token).not.toBe(tokens[1]?.token);
    expect((await readdir(first)).sort()).toEqual(["certificates", "service-account.key", "tokens.csv"]);
  });

  it("reach other programs by a kubeconfig in the cluster's folder", async () => {
    expect(await writeKubeconfig(parent, "https://127.0.0.1:1", "token")).toBe(join(parent, "kubeconfig.json"));
  });
});

describe("ports", () => {
  it("are three different ones that can be listened on", async () => {
    const ports = Object.values(await freePorts());
    expect(new Set(ports).size).toBe(3);
    const [port] = ports;
    await new Promise<void>((resolve, reject) => {
      const server = createServer().once("error", reject);
      server.listen({ port, host: "127.0.0.1" }, () => server.close(() => resolve()));
    });
  });

  it("are where the servers listen, and nowhere but on loopback", () => {
    const places = { folder: "/f", ports: { etcdClient: 1001, etcdPeer: 1002, apiServer: 1003 } };
    expect(etcdFlags(places)).toMatchObject({
      "listen-client-urls": "http://127.0.0.1:1001",
      "listen-peer-urls": "http://127.0.0.1:1002",
    });
    expect(apiServerFlags(places)).toMatchObject({
      "bind-address": "127.0.0.1",
      "secure-port": "1003",
      "etcd-servers": "http://127.0.0.1:1001",
    });
  });
});

describe("a server that ended", () => {
  it("is described by how it ended", () => {
    expect(describeExit({ code: 1, signal: null })).toBe("stopped with exit code 1");
    expect(describeExit({ code: null, signal: "SIGKILL" })).toBe("was ended by SIGKILL");
    expect(describeExit({ code: null, signal: null, error: new Error("ENOENT") })).toBe("did not start: ENOENT");
  });

  it("leaves the last lines of its log, without empty ones", () => {
    expect(lastLines("a\n\nb\nc\n\n", 2)).toBe("b\nc");
    expect(lastLines("", 2)).toBe("");
  });
});

describe("a wait", () => {
  it("ends when there is something to see", async () => {
    const looks = [undefined, false, "seen"] as const;
    let look = 0;
    expect(await waitFor("it", async () => looks[look++], { interval: 1 })).toBe("seen");
  });

  it("in vain says for what", async () => {
    await expect(
      waitFor("the quota to be counted", async () => undefined, { timeLimit: 2, interval: 1 }),
    ).rejects.toThrow("Waited 0.002 s for the quota to be counted");
  });

  it("ends with the first error of a look", async () => {
    await expect(waitFor("it", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });
});
