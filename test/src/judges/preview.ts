import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment, Finding } from "@plinth/core";
import { dashboardsIn } from "@plinth/dashboards";
import { chartAssets, preview as drawPreview, previewDashboards, previewMoment } from "@plinth/gitops-render";
import type { Judge, JudgeContext } from "./judge.ts";
import { findChromium, type PageBrowser, startBrowser } from "./preview-browser.ts";
import { type ExpectedDashboard, pageFindings } from "./preview-findings.ts";
import { pageMutants } from "./preview-mutants.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";

/**
 * Chromium opens the page of every dashboard of production from its file: each panel of the JSON stands in its place with its title and something in it, none lies on
 * another, all text can be read, by day and by night, nothing is fetched and nothing fails. Broken pages are noticed.
 *
 * @see https://pptr.dev/
 */
export const preview: Judge = {
  name: "preview",
  purpose: "a preview shows every panel of a dashboard, and needs nothing but itself",
  tools: [],
  judge: async (context) => {
    const chromium = findChromium();
    const environment = context.platform.environments.find(({ production }) => production);
    if (chromium === undefined) return { read: "nothing", findings: [chromiumMissing] };
    if (environment === undefined) return { read: "nothing: there is no environment of production", findings: [] };
    const pages = writePreview(context, environment);
    const browser = await startBrowser(chromium, join(context.workFolder, "profile"));
    const stop = (): void => void browser.close();
    context.signal.addEventListener("abort", stop);
    try {
      const findings = [
        ...(await judgePages(pages, browser)),
        ...(await judgeList(join(pagesFolder(context), "index.html"), pages.length, browser)),
        ...(await unnoticed(pages, browser, context)),
      ];
      const panels = pages.reduce((sum, page) => sum + page.panels, 0);
      return {
        read: `${pages.length} pages, ${panels} panels, ${pageMutants.length} broken pages`,
        findings,
      };
    } finally {
      context.signal.removeEventListener("abort", stop);
      await browser.close();
    }
  },
};

const chromiumMissing: Finding = {
  code: "tool-missing",
  severity: "error",
  message: "there is no Chromium, which opens the pages of previews",
  expected: "chromium or google-chrome in PATH, or its path in CHROMIUM",
  example: "apt-get install chromium",
};

interface WrittenPage {
  readonly file: string;
  readonly uid: string;
  readonly panels: number;
  readonly expected: ExpectedDashboard;
}

function pagesFolder({ workFolder }: JudgeContext): string {
  return join(workFolder, "pages");
}

function writePreview(context: JudgeContext, environment: Environment): readonly WrittenPage[] {
  const { platform, metrics, tree } = context;
  const resources = objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource);
  const dashboards = previewDashboards(resources);
  const { files, dashboards: drawn } = drawPreview({
    platform,
    environment,
    resources,
    dashboards,
    metrics,
    assets: chartAssets(),
    now: previewMoment,
  });
  const folder = pagesFolder(context);
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
  const texts = new Map(resources.flatMap(dashboardsIn).map(({ uid, text }) => [uid, text]));
  return drawn.map(({ dashboard: { uid, title }, path, panels }) => ({
    file: join(folder, path),
    uid,
    panels,
    expected: { title, json: JSON.parse(texts.get(uid) ?? "{}") },
  }));
}

/** By day and by night in turn: each look is seen on pages of every kind. */
async function judgePages(pages: readonly WrittenPage[], browser: PageBrowser): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [index, { file, uid, expected }] of pages.entries()) {
    const seen = await browser.see(file, index % 2 === 0 ? "dark" : "light");
    findings.push(...pageFindings(`${uid}.html`, expected, seen));
  }
  return findings;
}

async function judgeList(file: string, pages: number, browser: PageBrowser): Promise<readonly Finding[]> {
  const { errors, requests, faint, overflow } = await browser.see(file, "light");
  const links = [...readFileSync(file, "utf8").matchAll(/<td><a href="([^"]+)">/g)].length;
  const problems = [
    ...errors,
    ...requests,
    ...faint.map(({ text }) => `${text} cannot be read`),
    ...(overflow > 0 ? ["is wider than the window"] : []),
    ...(links === pages ? [] : [`lists ${links} of ${pages} dashboards`]),
  ];
  return problems.map((message) => ({ code: "rejected-by-judge", severity: "error", file: "index.html", message }));
}

/** The judge itself is judged: a broken page must not pass. */
async function unnoticed(
  pages: readonly WrittenPage[],
  browser: PageBrowser,
  { workFolder }: JudgeContext,
): Promise<readonly Finding[]> {
  const page = pages.find(({ uid }) => uid.startsWith("service-")) ?? pages[0];
  if (page === undefined) return [];
  const text = readFileSync(page.file, "utf8");
  const findings: Finding[] = [];
  for (const { name, change } of pageMutants) {
    const changed = change(text);
    const file = join(workFolder, "broken.html");
    writeFileSync(file, changed);
    const found = pageFindings(page.uid, page.expected, await browser.see(file, "light"));
    if (changed !== text && found.length > 0) continue;
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      file: `${page.uid}.html`,
      message: changed === text ? `${name}: the change does not fit the page any more` : `${name}: nobody noticed`,
    });
  }
  return findings;
}
