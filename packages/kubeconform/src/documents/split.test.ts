import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitDocuments } from "./split.ts";

const split = async (
  text: string,
  chunkSize = text.length || 1,
): Promise<{ text: string; line: number; afterSeparator: string }[]> => {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, index) =>
    bytes.subarray(index * chunkSize, (index + 1) * chunkSize),
  );
  const documents = [];
  for await (const { content, line, afterSeparator } of splitDocuments(chunks))
    documents.push({ text: content.toString(), line, afterSeparator });
  return documents;
};

describe("a file", () => {
  it("is cut at each line that begins with three dashes", async () => {
    expect(await split("a: 1\n---\nb: 2\nc: 3\n---\nd: 4\n")).toEqual([
      { text: "a: 1", line: 1, afterSeparator: "" },
      { text: "b: 2\nc: 3", line: 3, afterSeparator: "" },
      { text: "d: 4\n", line: 6, afterSeparator: "" },
    ]);
  });

  it("keeps what stands after the dashes apart", async () => {
    expect(await split("a: 1\n--- # comment\nb: 2")).toMatchObject([
      {},
      { text: "b: 2", line: 3, afterSeparator: "# comment" },
    ]);
    expect(await split("a: 1\n---{b: 2}")).toMatchObject([
      { text: "a: 1" },
      { text: "", line: 3, afterSeparator: "{b: 2}" },
    ]);
  });

  it("is not cut at dashes at its very beginning or inside of a line", async () => {
    expect(await split("---\na: 1 ---\n  ---\n")).toHaveLength(1);
  });

  it("may end with dashes and no line break", async () => {
    expect(await split("a: 1\n---")).toEqual([{ text: "a: 1", line: 1, afterSeparator: "" }]);
  });

  it("of no bytes is one empty document", async () => {
    expect(await split("")).toEqual([{ text: "", line: 1, afterSeparator: "" }]);
  });

  it("gives the same documents in chunks of any size, each on its line, and nothing is lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom("\n", "-", "---", "\n---\n", "a", "é"), maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (text, chunkSize) => {
          const documents = await split(text);
          expect(await split(text, chunkSize)).toEqual(documents);
          const lines = text.split("\n");
          for (const { text: content, line } of documents) {
            expect(
              lines
                .slice(line - 1, line - 1 + content.split("\n").length)
                .join("\n")
                .startsWith(content),
            ).toBe(true);
          }
          const letters = (from: string): string => from.replaceAll(/[^aé]/g, "");
          expect(documents.map((each) => letters(each.afterSeparator) + letters(each.text)).join("")).toBe(
            letters(text),
          );
        },
      ),
    );
  });
});
