/** What somebody asks of the API server: of its resources, or of a path beside them. */
export type AccessRequest = ResourceRequest | PathRequest;

export interface ResourceRequest {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, or one of the special verbs: `bind`, `escalate`, `impersonate`, … */
  readonly verb: string;
  /** @default "", the core group */
  readonly apiGroup?: string;
  /** The plural, with a subresource behind a slash: `pods`, `pods/log`. */
  readonly resource: string;
  /** @default none: a cluster-wide request, such as a list over all namespaces */
  readonly namespace?: string;
  /** The object's name; requests that have none, such as `list` and `create`, match no rule that is narrowed to names. */
  readonly name?: string;
}

/** A request outside the API's resources. */
export interface PathRequest {
  /** The HTTP method in lower case: `get`. */
  readonly verb: string;
  /** `/healthz` */
  readonly path: string;
}
