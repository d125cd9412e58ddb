/** The cluster itself failed: it did not start, it stopped, or it did not get to where it was waited for. Never a refusal of an object. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
}
