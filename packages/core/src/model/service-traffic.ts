import { z } from "zod";

/** How much a service is asked, on average over a busy hour. */
export interface ServiceTraffic {
  /** Requests that it answers, or messages that it reads, in a second: everywhere or by environment. */
  readonly requestsPerSecond: number | ReadonlyMap<string, number>;
  /** Spans that one of them makes of the service itself; one, and one for each thing that it depends on, when left out. */
  readonly spansPerRequest?: number;
}

/** How much a service is asked in one environment. */
export interface Traffic {
  readonly requestsPerSecond: number;
  readonly spansPerRequest: number;
}

export interface ServiceTrafficInput {
  /** Requests that it answers, or messages that it reads, in a second of a busy hour: everywhere, or for each environment by its name. */
  requestsPerSecond: number | Record<string, number>;
  /** Spans that one of them makes of the service itself. @default one, and one for each thing that the service depends on */
  spansPerRequest?: number;
}

const rateField = z.number().min(0).max(10_000_000);

export const serviceTrafficSchema: z.ZodType<ServiceTraffic, ServiceTrafficInput> = z
  .strictObject({
    requestsPerSecond: z
      .union([rateField, z.record(z.string(), rateField).transform((rates) => new Map(Object.entries(rates)))])
      .meta({
        expected: "requests in a second, or so many for each environment",
        example: "{ development: 1, production: 120 }",
      }),
    spansPerRequest: z
      .number()
      .gt(0)
      .max(1000)
      .meta({ expected: "a number above 0 and at most 1000", example: "4" })
      .exactOptional(),
  })
  .meta({
    expected: "how much it is asked",
    example: "{ requestsPerSecond: { development: 1, production: 120 } }",
  });
