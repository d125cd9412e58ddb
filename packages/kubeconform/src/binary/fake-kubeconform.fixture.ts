import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Ways in which a program that is named kubeconform behaves. */
export const behaviours = {
  /** Answers as kubeconform does; a kind that begins with `Bad` is refused, one that begins with `End-` has no schema. */
  right: "",
  /** Ends itself at the first document of kind `Crash`. */
  crashes: 'onDocument = (kind) => { if (kind === "Crash") process.kill(process.pid, "SIGSEGV"); };',
  /** Says why it stops. */
  complains: 'process.stderr.write("schema folder is on fire\\n"); process.exit(3);',
  /** Is some other program. */
  talks: 'process.stdout.write("Welcome to the jungle\\n");',
  /** Finds every object valid, as with -ignore-missing-schemas. */
  acceptsEverything: "accepts = () => true;",
  /** Reads and never answers. */
  hangs: "process.stdin.resume(); setInterval(() => {}, 1000); onDocument = () => {}; answers = false;",
} as const;

const program = (behaviour: string): string => `
let onDocument = () => {};
let answers = true;
let accepts = (kind) => !kind.startsWith("Bad") && !kind.startsWith("End-");
if (process.argv.includes("-v")) { process.stdout.write("v0.8.0\\n"); process.exit(0); }
if (process.env.PID_FILE) require("node:fs").appendFileSync(process.env.PID_FILE, process.pid + "\\n");
${behaviour}
let text = "", number = 0;
const say = (line) => { if (answers) process.stdout.write(line + "\\n"); };
const judge = (document) => {
  const kind = /"?kind"?: ?"?([-\\w]+)/.exec(document)?.[1] ?? "";
  onDocument(kind);
  if (++number === 1) say("TAP version 13");
  const name = /"?name"?: ?"?([-\\w]+)/.exec(document)?.[1] ?? "";
  if (accepts(kind)) say("ok " + number + " - stdin (v1/" + kind + "//" + name + ")");
  else if (kind.startsWith("End-")) say("not ok " + number + " - stdin: could not find schema for " + kind);
  else say("not ok " + number + " - stdin (v1/" + kind + "//" + name + "): problem validating schema. Check JSON formatting: jsonschema validation failed with 'file:///s.json#' - at '/spec': got string, want object");
};
process.stdin.setEncoding("utf8").on("data", (chunk) => {
  const documents = (text + chunk).split("\\n---\\n");
  text = documents.pop();
  documents.forEach(judge);
}).on("end", () => { say("1.." + number); if (answers) process.exit(1); });
`;

/** A folder with a program `kubeconform` that behaves in one of the ways. */
export interface FakeKubeconform {
  readonly folder: string;
  readonly binary: string;
  remove(): Promise<void>;
}

/** Writes the program into a new folder. */
export async function writeFakeKubeconform(behaviour: keyof typeof behaviours): Promise<FakeKubeconform> {
  return writeExecutable(`#!${process.execPath}\n${program(behaviours[behaviour])}`);
}

/** Writes any bytes as a program `kubeconform` into a new folder. */
export async function writeExecutable(content: string | Uint8Array): Promise<FakeKubeconform> {
  const folder = await mkdtemp(join(tmpdir(), "fake-kubeconform-"));
  const binary = join(folder, "kubeconform");
  await writeFile(binary, content);
  await chmod(binary, 0o755);
  return { folder, binary, remove: () => rm(folder, { recursive: true, force: true }) };
}
