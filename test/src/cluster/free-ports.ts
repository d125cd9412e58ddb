import { createServer } from "node:net";

/** The ports of one cluster, on 127.0.0.1. */
export interface ClusterPorts {
  etcdClient: number;
  etcdPeer: number;
  apiServer: number;
}

/**
 * Three ports that nothing listens on at this moment. Another process may take one before it is used: who starts a server has to
 * be ready to try again.
 */
export async function freePorts(): Promise<ClusterPorts> {
  // All are held at once, so that the kernel cannot give one of them twice.
  const servers = [createServer(), createServer(), createServer()];
  const [etcdClient, etcdPeer, apiServer] = await Promise.all(servers.map(listen));
  await Promise.all(servers.map(close));
  if (etcdClient === undefined || etcdPeer === undefined || apiServer === undefined)
    throw new Error("There are no free ports on 127.0.0.1.");
  return { etcdClient, etcdPeer, apiServer };
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
      else reject(new Error("A listening socket has no port."));
    });
  });
}

function close(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
