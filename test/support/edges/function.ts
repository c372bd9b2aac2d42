import { flag, HOME, keyArns, many, secret, statements, type Edge, type Edges } from "./edge";

const connection = (changes: object = {}) => [{ port: 5432, cidrBlocks: ["10.0.0.0/16"], ...changes }];

/** Edges of the connections that a security group opens. */
export const egress: Pick<Edge, "taken" | "refused"> = {
  taken: [
    [],
    connection({ port: 1, cidrBlocks: ["0.0.0.0/0"] }),
    connection({ port: 65_535 }),
    connection({ cidrBlocks: many(59, (i) => `10.${i}.0.0/16`) }),
  ],
  refused: [
    connection({ port: 0 }),
    connection({ port: 65_536 }),
    connection({ port: 443 }),
    connection({ cidrBlocks: [] }),
    connection({ cidrBlocks: ["10.0.0.1/16"] }),
    connection({ cidrBlocks: many(60, (i) => `10.${i}.0.0/16`) }),
    [...connection(), ...connection()],
    [5432],
  ],
};

/** Edges of the keys that every function has. */
export const functionEdges = (path: string): Edges => ({
  [`${path}.environment`]: {
    taken: [{}, { AB: "" }, { LONG: "a".repeat(2_500) }],
    refused: [
      { "A-B": "c" },
      { A: "1" },
      { AB: 1 },
      { LOG_LEVEL: "INFO" },
      { AWS_REGION: HOME },
      { LONG: "a".repeat(4_096) },
      { DB: "postgres://db.internal/shop" },
      { DB_ARN: secret("db") },
      ["A=b"],
    ],
    with: { [`${path}.vpc`]: true },
  },
  [`${path}.secrets`]: {
    taken: [{}, { DB: secret("db") }, { DB: secret("s".repeat(512)), CACHE: secret("c", "us-east-1") }],
    refused: [
      { DB: "hunter2" },
      { "A-B": secret("a") },
      { LOG_LEVEL: secret("a") },
      Object.fromEntries(many(100, (i) => [`V${i}`, secret(`v-${i}`)])),
      ["A"],
    ],
  },
  [`${path}.secretKeyArns`]: keyArns(HOME, "us-east-1", { [`${path}.secrets`]: { DB: secret("db") } }),
  [`${path}.statements`]: statements(),
  [`${path}.vpc`]: flag,
  [`${path}.egress`]: { ...egress, with: { [`${path}.vpc`]: true } },
});
