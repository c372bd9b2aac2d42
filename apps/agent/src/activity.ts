/** What AgentCore asks by `GET /ping`: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html */
export interface Ping {
  /** A session is not ended as idle while its agent is busy. */
  readonly status: "Healthy" | "HealthyBusy";
  /** Unix time, in seconds, at which the status became what it is. */
  readonly time_of_last_update: number;
}

/** Counts the invocations that are under way. */
export class Activity {
  private running = 0;
  private since: number;

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {
    this.since = now();
  }

  /** Runs an invocation, during which the agent is busy. */
  async during<T>(invocation: () => Promise<T>): Promise<T> {
    this.change(1);
    try {
      return await invocation();
    } finally {
      this.change(-1);
    }
  }

  ping(): Ping {
    return {
      status: this.running > 0 ? "HealthyBusy" : "Healthy",
      time_of_last_update: Math.floor(this.since / 1000),
    };
  }

  private change(by: number): void {
    const before = this.running > 0;
    this.running += by;
    if (before !== this.running > 0) this.since = this.now();
  }
}
