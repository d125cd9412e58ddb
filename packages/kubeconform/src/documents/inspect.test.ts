import { describe, expect, it } from "vitest";
import { inspectFile } from "./inspect.ts";
import { splitDocuments } from "./split.ts";

const inspect = async (text: string): Promise<{ judged: number; messages: string[]; severities: string[] }> => {
  let judged = 0;
  const findings = [];
  for await (const document of inspectFile("a.yaml", splitDocuments([Buffer.from(text)]))) {
    if (document.content !== undefined) judged++;
    findings.push(...document.findings);
  }
  expect(findings.every(({ file }) => file === "a.yaml")).toBe(true);
  return {
    judged,
    messages: findings.map(({ message }) => message),
    severities: findings.map(({ severity }) => severity),
  };
};

describe("a file's documents", () => {
  it("go to the judge, but for those of comments", async () => {
    expect(await inspect("# header\n---\na: 1\n---\n# between\n---\nb: 2\n")).toEqual({
      judged: 2,
      messages: [],
      severities: [],
    });
    expect(await inspect("\uFEFF---\na: 1\n")).toMatchObject({ judged: 1 });
    expect(await inspect("--- {a: 1}\n")).toMatchObject({ judged: 1 });
  });

  it.each(["", "\n\n", "# only\n", "---\n", "---\n# a\n---\n# b\n", "--- # a\n"])(
    "without an object are an error: %j",
    async (text) => {
      const { judged, messages } = await inspect(text);
      expect(judged).toBe(0);
      expect(messages).toContain("the file holds no object");
    },
  );

  it("that are empty among others are a warning with their line", async () => {
    expect(await inspect("a: 1\n---\n\n---\nb: 2\n")).toEqual({
      judged: 2,
      messages: ["line 3: an empty document"],
      severities: ["warning"],
    });
    expect(await inspect("a: 1\n---\n")).toMatchObject({ messages: ["line 3: an empty document"] });
  });

  it("lose text beside the dashes, which is an error", async () => {
    expect(await inspect("a: 1\n--- {b: 2}\nc: 3\n")).toEqual({
      judged: 2,
      messages: ['line 2: the text after "---" is not read: {b: 2}'],
      severities: ["error"],
    });
  });

  it("lose what follows three dots, which is an error", async () => {
    expect(await inspect("a: 1\n...\nb: 2\n")).toMatchObject({ messages: ['line 2: what follows "..." is not read'] });
    expect(await inspect("a: 1\n...\n# the end\n")).toMatchObject({ messages: [] });
    expect(await inspect("a: |\n  ...\n  b\n")).toMatchObject({ messages: [] });
  });

  it("that are Lists with double keys are an error", async () => {
    expect(await inspect("kind: List\nitems:\n- {a: 1, a: 2}\n")).toMatchObject({
      judged: 1,
      messages: ["line 3: a key stands twice in one mapping"],
    });
    expect(await inspect("kind: ConfigMap\na: 1\na: 2\n")).toMatchObject({ judged: 1, messages: [] });
    expect(await inspect("kind: List\nitems: [")).toMatchObject({ judged: 1, messages: [] });
  });
});
