export { type ExitCode, exitCodes } from "./command-line/exit-codes.ts";
export { runProgram } from "./command-line/program.ts";
export type { Terminal } from "./command-line/terminal.ts";
export { components } from "./components.ts";
export { alertPanels, promisePanels } from "./dashboards/platform-panels.ts";
