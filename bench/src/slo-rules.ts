import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { emitYaml } from "@plinth/core";
import { measure } from "./measured.ts";

// Rules of a thousand services with three SLOs each, from the same files, in one run: Sloth beside Plinth.
// Usage: node bench/src/slo-rules.ts [services] [runs]; Sloth is built by `pnpm tools sloth`.
const [services = 1000, runs = 5] = process.argv.slice(2).map(Number);

const sloth = resolve(import.meta.dirname, "../../tools/.cache/bin/sloth");
if (!existsSync(sloth)) throw new Error("There is no Sloth to measure beside. Build it with: pnpm tools sloth");

const folder = mkdtempSync(join(tmpdir(), "plinth-bench-slo-"));
try {
  const specifications = join(folder, "in");
  mkdirSync(specifications);
  for (let number = 0; number < services; number++)
    writeFileSync(join(specifications, `service-${number}.yaml`), emitYaml(specification(number)));
  const clear = (name: string): string => {
    const out = join(folder, name);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    return out;
  };
  const slothSeconds = best(runs, () => {
    const out = clear("sloth");
    const { status, stderr } = spawnSync(sloth, ["generate", "-i", specifications, "-o", out], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  });
  const out = join(folder, "plinth");
  const plinth = await measure([join(import.meta.dirname, "slo-rules-of-files.ts"), specifications, out], runs, () =>
    clear("plinth"),
  );
  process.stdout.write(`${services} services with 3 SLOs each, from files to files, process start included\n`);
  process.stdout.write(`  sloth generate   ${slothSeconds.toFixed(2)} s\n`);
  process.stdout.write(`  plinth           ${plinth.seconds.toFixed(2)} s   ${plinth.mebibytes.toFixed(0)} MiB\n`);
  process.stdout.write(`  ratio            ${(slothSeconds / plinth.seconds).toFixed(1)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Seconds of the best of several runs: machines are noisy, and only ever slower. */
function best(times: number, work: () => void): number {
  return Math.min(
    ...Array.from({ length: times }, () => {
      const started = performance.now();
      work();
      return (performance.now() - started) / 1000;
    }),
  );
}

function specification(number: number): object {
  const requests = `http_requests_total{job="service-${number}"`;
  const slow = `http_request_duration_seconds_bucket{job="service-${number}",le="0.25"}`;
  const slo = (name: string, objective: number, errorQuery: string): object => ({
    name,
    objective,
    description: `${objective} % of requests are good`,
    sli: { events: { error_query: errorQuery, total_query: `sum(rate(${requests}}[{{.window}}]))` } },
    alerting: {
      name: `Service${number}${name}`,
      labels: { team: "backend" },
      page_alert: { labels: { severity: "critical" } },
      ticket_alert: { labels: { severity: "warning" } },
    },
  });
  return {
    version: "prometheus/v1",
    service: `service-${number}`,
    labels: { team: "backend" },
    slos: [
      slo("availability", 99.9, `sum(rate(${requests},code=~"5.."}[{{.window}}]))`),
      slo("latency", 99, `sum(rate(${requests}}[{{.window}}])) - sum(rate(${slow}[{{.window}}]))`),
      slo("correctness", 99.99, `sum(rate(${requests},code="422"}[{{.window}}]))`),
    ],
  };
}
