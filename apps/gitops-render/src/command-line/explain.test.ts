import { afterAll, describe, expect, it } from "vitest";
import { platformModule, workplace } from "./command-line.fixture.ts";

const place = workplace({
  "platform/index.ts": platformModule(),
  "deploy/pod.yaml":
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: cart\nspec:\n  containers: []\n  volumes:\n    - name: logs\n      hostPath:\n        path: /var/log\n",
  "deploy/broken.yaml": "kind: [",
});
afterAll(() => place.remove());

describe("explain on the command line", () => {
  it("answers for one environment, and exits with 1 where the answer is no", async () => {
    const allowed = await place.run("explain", "network", "frontend", "checkout", "5050", "-e", "production");
    expect(allowed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("allowed in production") });
    const refused = await place.run("explain", "network", "frontend", "checkout", "5051", "-e", "production");
    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("refused in production") });
  });

  it("judges manifests, and gives a script the same as JSON", async () => {
    const run = await place.run(
      "explain",
      "policy",
      "deploy/pod.yaml",
      "-n",
      "team-backend",
      "-e",
      "production",
      "--json",
    );
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, answers: [{ environment: "production", answer: "no" }] });
  });

  it.each([
    ["an environment that is not there", ["can", "group:a", "get", "pods", "-e", "prod"], "there is no environment"],
    ["a label without a value", ["alert", "severity"], "A label is written name=value"],
    ["a moment that is none", ["alert", "alertname=A", "--at", "noon"], "A moment is written"],
    ["a manifest that is no YAML", ["policy", "deploy/broken.yaml"], "deploy/broken.yaml"],
    ["a manifest that is not there", ["policy", "deploy/gone.yaml"], "does not exist"],
  ])("says what is wrong with %s, and exits with 2", async (_, question, message) => {
    const run = await place.run("explain", ...question);
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(run.stderr).not.toMatch(/\n\s+at \S+ \(/);
  });
});
