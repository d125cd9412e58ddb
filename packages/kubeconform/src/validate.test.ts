import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type behaviours, type FakeKubeconform, writeFakeKubeconform } from "./binary/fake-kubeconform.fixture.ts";
import { judge, type ValidationOptions, validate } from "./validate.ts";
import type { Verdict } from "./verdicts/verdict.ts";

const fakes: FakeKubeconform[] = [];
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "validate-"));
});
afterEach(async () => {
  await Promise.all([...fakes.splice(0).map((fake) => fake.remove()), rm(folder, { recursive: true, force: true })]);
});

const options = async (
  behaviour: keyof typeof behaviours,
  more: Partial<ValidationOptions> = {},
): Promise<ValidationOptions> => {
  const fake = await writeFakeKubeconform(behaviour);
  fakes.push(fake);
  return { binary: fake.binary, schemas: "/schemas/{{ .ResourceKind }}.json", ...more };
};
const object = (kind: string, name: string | number): object => ({
  apiVersion: "v1",
  kind,
  metadata: { name: `n-${name}` },
});
const objects = (count: number, kind = (_: number): string => "Good"): object[] =>
  Array.from({ length: count }, (_, index) => object(kind(index), index));
const collect = async (verdicts: AsyncIterable<Verdict>): Promise<Verdict[]> => {
  const collected: Verdict[] = [];
  for await (const verdict of verdicts) collected.push(verdict);
  return collected;
};
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const startedProcesses = async (): Promise<number[]> =>
  (await readFile(join(folder, "pids"), "utf8").catch(() => "")).split("\n").filter(Boolean).map(Number);
const notingProcesses = (): Partial<ValidationOptions> => ({
  environment: { ...process.env, PID_FILE: join(folder, "pids") },
});

describe("objects", () => {
  it("that are valid give no findings", async () => {
    expect(await validate(objects(10), await options("right"))).toEqual([]);
    expect(await validate([], await options("right"))).toEqual([]);
  });

  it("that are refused give findings with their identity", async () => {
    expect(await validate([object("Good", 1), object("Bad", 2)], await options("right"))).toEqual([
      {
        code: "invalid-resource",
        severity: "error",
        resource: "v1/Bad n-2",
        path: "spec",
        message: '"spec" is a string',
        expected: "an object",
      },
    ]);
  });

  it("are judged in their order by several processes, each only when there is work for it", async () => {
    const kind = (index: number): string => (index % 7 === 0 ? "Bad" : "Good");
    const verdicts = await collect(
      judge(objects(1000, kind), await options("right", { processes: 3, ...notingProcesses() })),
    );
    expect(verdicts.map(({ resource }) => resource)).toEqual(
      Array.from({ length: 1000 }, (_, index) => `v1/${kind(index)} n-${index}`),
    );
    expect(verdicts.map(({ valid }) => valid)).toEqual(Array.from({ length: 1000 }, (_, index) => index % 7 !== 0));
    expect(await startedProcesses()).toHaveLength(3);
    await collect(judge(objects(1), await options("right", { processes: 3, ...notingProcesses() })));
    expect(await startedProcesses()).toHaveLength(4);
  });

  it("are made no faster than they are judged", async () => {
    let made = 0;
    let judged = 0;
    let waiting = 0;
    const make = async function* (): AsyncGenerator<object> {
      for (; made < 3000; made++) {
        waiting = Math.max(waiting, made - judged);
        yield object("Good", made);
      }
    };
    for await (const { valid } of judge(make(), await options("right", { processes: 2 }))) {
      expect(valid).toBe(true);
      judged++;
    }
    expect(judged).toBe(3000);
    expect(waiting).toBeLessThan(400);
  });

  it("that are large are judged alone, between the others", async () => {
    const large = { ...object("Good", 1), data: "x".repeat(600_000) };
    const verdicts = await collect(
      judge([object("Good", 0), large, object("Bad", 2)], await options("right", notingProcesses())),
    );
    expect(verdicts.map(({ resource, valid }) => [resource, valid])).toEqual([
      ["v1/Good n-0", true],
      ["v1/Good n-1", true],
      ["v1/Bad n-2", false],
    ]);
  });

  it("that throw while they are made stop the validation, and no process stays", async () => {
    const broken = function* (): Generator<object> {
      yield* objects(200);
      throw new Error("no more objects");
    };
    await expect(validate(broken(), await options("right", notingProcesses()))).rejects.toThrow("no more objects");
    expect((await startedProcesses()).filter(isAlive)).toEqual([]);
  });
});

describe("a folder", () => {
  it("gives findings with the file and the object", async () => {
    await mkdir(join(folder, "objects/sub"), { recursive: true });
    await writeFile(join(folder, "objects/a.yaml"), "apiVersion: v1\nkind: Good\nmetadata: {name: a}\n");
    await writeFile(join(folder, "objects/sub/b.yaml"), "apiVersion: v1\nkind: Bad\nmetadata: {name: b}\n---\n");
    const findings = await validate(join(folder, "objects"), await options("right"));
    expect(findings.map(({ file, resource, message, severity }) => [file, resource, message, severity])).toEqual([
      ["sub/b.yaml", undefined, "line 5: an empty document", "warning"],
      ["sub/b.yaml", "v1/Bad b", '"spec" is a string', "error"],
    ]);
  });

  it("that does not exist is a finding", async () => {
    expect(await validate(join(folder, "missing"), await options("right"))).toMatchObject([
      { code: "tool-failed", message: expect.stringContaining("nothing was judged") },
    ]);
  });
});

describe("a judge that does not do its work", () => {
  it.each<[keyof typeof behaviours, string]>([
    ["complains", "stopped with exit code 3: schema folder is on fire"],
    ["talks", 'does not answer as kubeconform does: "Welcome to the jungle"'],
    ["acceptsEverything", "does not refuse a kind without a schema"],
  ])("%s: one finding", async (behaviour, message) => {
    const findings = await validate(objects(500), await options(behaviour, notingProcesses()));
    expect(findings).toMatchObject([{ code: "tool-failed", message: expect.stringContaining(message) }]);
    expect((await startedProcesses()).filter(isAlive)).toEqual([]);
  });

  it("and dies gives the verdicts before, and names the object at which it did", async () => {
    const all = objects(300, (index) => (index === 200 ? "Crash" : "Good"));
    const verdicts = await collect(judge(all, await options("crashes", { processes: 1 })));
    expect(verdicts.filter(({ valid }) => valid).length).toBeGreaterThanOrEqual(128);
    expect(verdicts.at(-1)?.findings).toMatchObject([
      { code: "tool-failed", resource: "v1/Crash n-200", message: expect.stringContaining("was ended by SIGSEGV") },
    ]);
  });

  it("because it is not there gives one finding", async () => {
    const findings = await validate(objects(3), { schemas: "/s/{{ .ResourceKind }}.json", environment: { PATH: "" } });
    expect(findings).toMatchObject([{ code: "tool-missing" }]);
  });
});

describe("schemas", () => {
  it.each([
    ["a folder that deriveSchemas did not make", "/nowhere", "there are no schemas in /nowhere"],
    ["a place on the network", "https://example.com/{{ .ResourceKind }}.json", "not on this machine"],
  ])("in %s are a finding", async (_, schemas, message) => {
    expect(await validate(objects(1), await options("right", { schemas }))).toMatchObject([
      { code: "tool-failed", message: expect.stringContaining(message) },
    ]);
  });

  it("that were not named are a finding", async () => {
    expect(await validate(objects(1), await options("right", { schemas: [] }))).toMatchObject([
      { code: "tool-failed" },
    ]);
  });

  it("that do not parse are told from those that are missing", async () => {
    const schemas = join(folder, "{{ .ResourceKind }}.json");
    const missing = async (): Promise<unknown> =>
      validate([{ apiVersion: "v1", kind: "End-x", metadata: { name: "a" } }], await options("right", { schemas }));
    expect(await missing()).toMatchObject([{ code: "rejected-by-judge", message: "there is no schema for v1/End-x" }]);
    await writeFile(join(folder, "end-x.json"), "{");
    expect(await missing()).toMatchObject([
      { code: "tool-failed", message: expect.stringContaining("end-x.json of v1/End-x cannot be used") },
    ]);
    await writeFile(join(folder, "end-x.json"), "{}");
    expect(await missing()).toMatchObject([
      { code: "tool-failed", message: expect.stringContaining("kubeconform cannot compile it") },
    ]);
  });
});

describe("an abort", () => {
  it("ends a judge that hangs, and throws the signal's reason", async () => {
    const controller = new AbortController();
    const hanging = validate(
      objects(300),
      await options("hangs", { signal: controller.signal, processes: 2, ...notingProcesses() }),
    );
    const stopped = expect(hanging).rejects.toThrow("enough");
    while ((await startedProcesses()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort(new Error("enough"));
    await stopped;
    expect((await startedProcesses()).filter(isAlive)).toEqual([]);
  });

  it("ends a wait for objects that never come", async () => {
    const controller = new AbortController();
    const silent: AsyncIterable<object> = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          controller.abort(new Error("enough"));
          return new Promise(() => {});
        },
      }),
    };
    await expect(validate(silent, await options("right", { signal: controller.signal }))).rejects.toThrow("enough");
  });

  it("before the beginning starts nothing", async () => {
    await expect(
      validate(
        objects(1),
        await options("right", { signal: AbortSignal.abort(new Error("enough")), ...notingProcesses() }),
      ),
    ).rejects.toThrow("enough");
    expect(await startedProcesses()).toEqual([]);
  });

  it("is not needed to leave the loop: no process stays", async () => {
    for await (const { valid } of judge(objects(1000), await options("right", notingProcesses()))) {
      expect(valid).toBe(true);
      break;
    }
    expect((await startedProcesses()).filter(isAlive)).toEqual([]);
  });
});
