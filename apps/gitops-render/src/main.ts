import { exitCodes } from "./command-line/exit-codes.ts";
import { runProgram } from "./command-line/program.ts";

// A reader that goes away (`| head`) is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.ok);
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2));
