import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser } from "puppeteer-core";
import { inspectPage, type PageReport } from "./preview-inspection.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** The Chromium of this machine: what CHROMIUM says, or the first of the usual names in PATH. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const said = environment["CHROMIUM"];
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = [
    ...(said === undefined || said === "" ? [] : [said]),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a browser saw of a page. */
export interface SeenPage extends PageReport {
  /** What the page said to the console, or threw. */
  readonly errors: readonly string[];
  /** Addresses that it asked for beside itself. */
  readonly requests: readonly string[];
}

/** A browser without a window, for pages of files. */
export interface PageBrowser {
  see(file: string, scheme: "light" | "dark"): Promise<SeenPage>;
  close(): Promise<void>;
}

export const windowWidth = 1440;

export async function startBrowser(executablePath: string, profile: string): Promise<PageBrowser> {
  const browser = await puppeteer.launch({
    executablePath,
    headless: true,
    userDataDir: profile,
    // In a container there is no user namespace for the sandbox; the pages are our own and may fetch nothing.
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  return { see: (file, scheme) => see(browser, file, scheme), close: () => browser.close() };
}

async function see(browser: Browser, file: string, scheme: "light" | "dark"): Promise<SeenPage> {
  const page = await browser.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  const own = pathToFileURL(file).href;
  try {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warn") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const address = request.url();
      const allowed = address === own || address.startsWith("data:");
      if (!allowed) requests.push(address);
      void (allowed ? request.continue() : request.abort());
    });
    await page.setViewport({ width: windowWidth, height: 1200 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(own, { waitUntil: "load" });
    // uPlot draws in a microtask; after a frame everything stands.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    const report: unknown = await page.evaluate(`(${inspectPage})(window)`);
    if (!isReport(report)) throw new TypeError(`${file} gives no report`);
    return { ...report, errors, requests };
  } finally {
    await page.close();
  }
}

function isReport(value: unknown): value is PageReport {
  return typeof value === "object" && value !== null && "panels" in value && "faint" in value;
}
