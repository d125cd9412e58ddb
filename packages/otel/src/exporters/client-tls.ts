import { type Options, written } from "../configuration/component.ts";

/** How a connection is protected: not at all, or by TLS. */
export type ClientTls = "plaintext" | ClientCertificates;

export interface ClientCertificates {
  /** File of the authorities that may have signed the server's certificate. @default those of the system */
  readonly caFile?: string;
  /** File of the collector's own certificate. @default none */
  readonly certFile?: string;
  /** File of the key of that certificate. @default none */
  readonly keyFile?: string;
  /** The name that the server's certificate must have. @default the host of the endpoint */
  readonly serverName?: string;
  /** Take the server's certificate unseen. @default false */
  readonly insecureSkipVerify?: boolean;
}

/** `tls`: nothing is written for TLS as it is by default. */
export function tlsOptions(tls: ClientTls | undefined): Options | undefined {
  if (tls === undefined) return undefined;
  if (tls === "plaintext") return { insecure: true };
  return written({
    ca_file: tls.caFile,
    cert_file: tls.certFile,
    key_file: tls.keyFile,
    server_name_override: tls.serverName,
    insecure_skip_verify: tls.insecureSkipVerify,
  });
}
