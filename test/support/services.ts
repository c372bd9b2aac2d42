/** The services of the tests' project. */
export const SERVICES = ["cqrs", "vendor", "vision", "agent"] as const;

/** One of {@link SERVICES}. */
export type ServiceName = (typeof SERVICES)[number];

/** A stack's configuration for some of the services, without the objects of the others. */
export function withServices(
  config: Readonly<Record<string, string>>,
  services: readonly ServiceName[],
): Record<string, string> {
  const others = SERVICES.filter((name) => !services.includes(name)).map((name) => `graviton-containers:${name}`);
  const kept = Object.entries(config).filter(([key]) => !others.includes(key));
  return { ...Object.fromEntries(kept), "graviton-containers:services": JSON.stringify(services) };
}
