import { HTTPS_PORT, type EgressArgs } from "../../components/core/egress-rules";
import { literal, type Problem } from "../../components/core/problems";

/** Plain environment variables. */
type Variables = Readonly<Record<string, string>>;

/** Ports of URLs that name none. Without http: a URL of it without a port is often a name, such as a namespace, that nothing connects to. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ["amqp", 5672],
  ["amqps", 5671],
  ["mariadb", 3306],
  ["mongodb", 27_017],
  ["mysql", 3306],
  ["postgres", 5432],
  ["postgresql", 5432],
  ["redis", 6379],
  ["rediss", 6379],
  ["sqlserver", 1433],
]);

const ADDRESS = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/(?:[^@/\s]*@)?(\[[^\]]+\]|[^:/?#\s]+)(?::(\d+))?/i;
const HOST_AND_PORT = /^([\w-]+(?:\.[\w-]+)+):(\d{1,5})$/;
const ITSELF = /^(localhost|127\.[\d.]+|0\.0\.0\.0|\[?::1?\]?)$/i;

/** Variables that lead to a port which the security group does not open. Their values, which may hold more, are not shown. */
export function connectionProblems(variables: Variables, egress: readonly EgressArgs[]): readonly Problem[] {
  const open = [HTTPS_PORT, ...egress.map(({ port }) => port)];
  return Object.keys(variables).flatMap((name) => {
    const closed = portsOf(name, variables).filter((port) => !open.includes(port));
    return [...new Set(closed)].map((port) => {
      const fix = literal(`{ port: ${port}, cidrBlocks: [<where it is>] }`);
      return {
        property: `environment.${name}`,
        message: `leads to port ${port}, which {egress} must open: add ${fix}`,
      };
    });
  });
}

function portsOf(name: string, variables: Variables): readonly number[] {
  const value = variables[name] ?? "";
  const [, place] = /^(.+_)?PORT$/.exec(name) ?? [];
  // A port alone may be one that the program listens on; one beside a host is that host's.
  if (place !== undefined && /^\d+$/.test(value)) return isRemote(variables[`${place}HOST`]) ? [Number(value)] : [];
  return value.split(",").flatMap((part) => {
    const [, host, port] = HOST_AND_PORT.exec(part) ?? [];
    if (host !== undefined) return isRemote(host) ? [Number(port)] : [];
    const [, scheme = "", address, given] = ADDRESS.exec(part) ?? [];
    const meant = given === undefined ? PORTS.get(scheme.toLowerCase()) : Number(given);
    return meant !== undefined && isRemote(address) ? [meant] : [];
  });
}

function isRemote(host: string | undefined): boolean {
  return host !== undefined && host !== "" && !ITSELF.test(host);
}
