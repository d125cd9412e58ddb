import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { platformModule, workplace } from "./command-line.fixture.ts";

const place = workplace({ "platform/index.ts": platformModule(), "taken/notes.txt": "mine" });
afterAll(() => place.remove());

describe("preview on the command line", () => {
  it("writes a page for each dashboard that is asked for, and a list", async () => {
    const run = await place.run("preview", "-s", "checkout", "--json");
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      files: 2,
      dashboards: [{ environment: "production", uid: "service-checkout", path: "service-checkout.html", refused: [] }],
    });
    expect(readFileSync(join(place.folder, "preview/index.html"), "utf8")).toContain('href="service-checkout.html"');
  });

  it.each([
    ["a dashboard", ["--dashboard", "service-chekout"], "--dashboard service-checkout"],
    ["an environment", ["-e", "prod"], "there is no environment"],
    ["a folder that is its own", ["-s", "checkout", "--out", "taken"], "it holds notes.txt"],
  ])("writes nothing without %s", async (_, parameters, said) => {
    const run = await place.run("preview", "--out", "other", ...parameters);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(said);
    expect(existsSync(join(place.folder, "other"))).toBe(false);
  });
});
