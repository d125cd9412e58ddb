import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { agentOnLoopback, gatewayOnLoopback, samplerOnLoopback } from "./collectors-on-loopback.ts";
import { type CollectorLayers, variablesOn } from "./environment-collectors.ts";
import { onFreePorts, type RunningCollector, startCollector } from "./running-collector.ts";

/** All collectors on the way of a service's telemetry, running: an agent, a gateway, two samplers. */
export interface TelemetryChain {
  readonly agent: RunningCollector;
  readonly gateway: RunningCollector;
  readonly samplers: readonly RunningCollector[];
  /** The agent takes OTLP over HTTP here. */
  readonly address: string;
  /** Stands for the node's `/var/log/pods`. */
  readonly logs: string;
  stop(): Promise<void>;
}

/** How a chain's configurations are changed beside their addresses. @default not at all */
export interface ChainChanges {
  readonly agent?: (config: unknown) => unknown;
  readonly gateway?: (config: unknown) => unknown;
  readonly sampler?: (config: unknown) => unknown;
}

const samplerCount = 2;
/** The name of the node that the agent believes to run on. */
export const nodeName = "node-of-the-judge";

/** Starts the collectors of an environment on loopback, the last of the way first. */
export function startChain(
  layers: CollectorLayers,
  sink: string,
  workFolder: string,
  changes: ChainChanges = {},
): Promise<TelemetryChain> {
  const unchanged = (config: unknown): unknown => config;
  const {
    agent: changeAgent = unchanged,
    gateway: changeGateway = unchanged,
    sampler: changeSampler = unchanged,
  } = changes;
  return onFreePorts(samplerCount + 2, async ([agentPorts, gatewayPorts, ...samplerPorts], attempt) => {
    if (agentPorts === undefined || gatewayPorts === undefined)
      throw new Error("There are no free ports on 127.0.0.1.");
    const folder = (name: string): string => join(workFolder, `${attempt}-${name}`);
    const logs = folder("logs");
    mkdirSync(logs, { recursive: true });
    const started: RunningCollector[] = [];
    const stop = async (): Promise<void> => {
      await Promise.all(started.map((collector) => collector.kill()));
    };
    const start = async (...parameters: Parameters<typeof startCollector>): Promise<RunningCollector> => {
      const collector = await startCollector(...parameters);
      started.push(collector);
      return collector;
    };
    try {
      const samplers: RunningCollector[] = [];
      for (const [index, ports] of samplerPorts.entries())
        samplers.push(
          await start({
            config: changeSampler(samplerOnLoopback(layers.sampler.config, ports, sink)),
            ports,
            folder: folder(`sampler-${index}`),
            environment: variablesOn(layers.sampler),
          }),
        );
      const gateway = await start({
        config: changeGateway(gatewayOnLoopback(layers.gateway.config, gatewayPorts, samplerPorts, sink)),
        ports: gatewayPorts,
        folder: folder("gateway"),
        environment: variablesOn(layers.gateway),
      });
      const agent = await start({
        config: changeAgent(agentOnLoopback(layers.agent.config, agentPorts, gatewayPorts, logs)),
        ports: agentPorts,
        folder: folder("agent"),
        environment: variablesOn(layers.agent, { K8S_NODE_NAME: nodeName, K8S_NODE_IP: "127.0.0.1" }),
      });
      return { agent, gateway, samplers, address: `http://127.0.0.1:${agentPorts.http}`, logs, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  });
}
