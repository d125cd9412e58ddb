import { afterEach, describe, expect, it } from "vitest";
import { type FakeKubeconform, writeExecutable, writeFakeKubeconform } from "./fake-kubeconform.fixture.ts";
import { findKubeconform } from "./locate.ts";

const fakes: FakeKubeconform[] = [];
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.remove()));
});
const fake = async (content?: string | Uint8Array): Promise<FakeKubeconform> => {
  const written = await (content === undefined ? writeFakeKubeconform("right") : writeExecutable(content));
  fakes.push(written);
  return written;
};

describe("kubeconform is found", () => {
  it("by option, then environment variable, then PATH, then the folder of tools", async () => {
    const [option, variable, path, tools] = [await fake(), await fake(), await fake(), await fake()];
    const locations = {
      binary: option.binary,
      environment: { PLINTH_KUBECONFORM: variable.binary, PATH: `/nowhere:${path.folder}` },
      toolsDirectory: tools.folder,
    };
    const found = async (changes: object): Promise<unknown> => findKubeconform({ ...locations, ...changes });
    const { PLINTH_KUBECONFORM: _, ...withoutVariable } = locations.environment;
    expect(await found({})).toEqual({ found: true, binary: option.binary, version: "v0.8.0" });
    expect(await found({ binary: undefined })).toMatchObject({ binary: variable.binary });
    expect(await found({ binary: undefined, environment: withoutVariable })).toMatchObject({ binary: path.binary });
    expect(await found({ binary: undefined, environment: {} })).toMatchObject({ binary: tools.binary });
  });

  it("or else there is a finding that says how to get it", async () => {
    const located = await findKubeconform({ environment: { PATH: "/nowhere" }, toolsDirectory: "/nowhere/tools" });
    expect(located).toMatchObject({
      found: false,
      finding: { code: "tool-missing", message: "kubeconform is not on the PATH or in /nowhere/tools" },
    });
    const hint = located.found ? "" : located.finding.hint;
    for (const way of [
      "brew install kubeconform",
      "go install github.com/yannh/kubeconform/cmd/kubeconform@v",
      "pnpm tools kubeconform",
      "PLINTH_KUBECONFORM",
    ]) {
      expect(hint).toContain(way);
    }
  });
});

describe("a kubeconform that was named and does not run is a finding, whatever else is there", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["is cut off", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1), "does not run"],
    ["is garbage", Uint8Array.of(0, 1, 2, 3), "does not run"],
    ["ends itself", "#!/bin/sh\nkill -SEGV $$\n", "it was ended by SIGSEGV"],
    ["fails", "#!/bin/sh\necho broken library >&2\nexit 127\n", "broken library"],
    ["is another program", "#!/bin/sh\necho Welcome\n", 'it prints "Welcome"'],
  ])("%s", async (_, content, message) => {
    const { binary } = await fake(content);
    const { folder } = await fake();
    const located = await findKubeconform({ binary, environment: { PATH: `${folder}:/bin:/usr/bin` } });
    expect(located).toMatchObject({
      found: false,
      finding: { code: "tool-failed", message: expect.stringContaining(message) },
    });
  });

  it("is not there", async () => {
    const located = await findKubeconform({ binary: "/nowhere/kubeconform", environment: {} });
    expect(located).toMatchObject({
      found: false,
      finding: { code: "tool-missing", message: "/nowhere/kubeconform is not a program that can be run" },
    });
  });
});
