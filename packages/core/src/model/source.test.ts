import { describe, expect, it } from "vitest";
import { parseFrame, relativeFile } from "./source.ts";

describe("the place where a definition was written", () => {
  it.each([
    ["    at file:///home/me/platform/index.ts:3:16", { file: "/home/me/platform/index.ts", line: 3, column: 16 }],
    ["    at defineAll (file:///home/me/a%20b/index.ts:3:16)", { file: "/home/me/a b/index.ts", line: 3, column: 16 }],
    ["    at async file:///home/me/index.ts:3:16", { file: "/home/me/index.ts", line: 3, column: 16 }],
    ["    at Array.map (<anonymous>)", undefined],
    ["    at /home/me/index.ts:3:16", { file: "/home/me/index.ts", line: 3, column: 16 }],
    ["    at Module._compile (node:internal/modules/cjs/loader:1554:14)", undefined],
    ["", undefined],
  ])("is read from the frame %j", (frame, place) => expect(parseFrame(frame)).toEqual(place));

  it("is relative to the repository when it lies in it", () => {
    expect(relativeFile("/home/me/platform/index.ts", "/home/me")).toBe("platform/index.ts");
    expect(relativeFile("/home/me/platform/index.ts", "/home/me/")).toBe("platform/index.ts");
    expect(relativeFile("/home/meow/index.ts", "/home/me")).toBe("/home/meow/index.ts");
  });
});
