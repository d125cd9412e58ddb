/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A program and how it is started. */
export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly environment: Environment;
}

const nobody = "http://127.0.0.1:9";

/**
 * kubeconform for a strict and offline run over standard input.
 *
 * TAP is the output that names each object and is written object by object; JSON and JUnit are held back to the end
 * (pkg/output). One worker, so that the answers come in the order of the documents.
 */
export function judgeCommand(binary: string, schemaLocations: readonly string[], environment: Environment): Command {
  return {
    file: binary,
    arguments: [
      "-strict",
      "-output",
      "tap",
      "-n",
      "1",
      ...schemaLocations.flatMap((location) => ["-schema-location", location]),
      "-",
    ],
    // A schema may refer to another one on the network: a proxy that nobody answers on keeps it from being fetched.
    environment: { ...environment, HTTP_PROXY: nobody, HTTPS_PROXY: nobody, NO_PROXY: "" },
  };
}

/** Prints the version. */
export function versionCommand(binary: string, environment: Environment): Command {
  return { file: binary, arguments: ["-v"], environment };
}
