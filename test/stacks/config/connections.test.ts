import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { connectionProblems } from "../../../stacks/config/connections";

const EGRESS = [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }];
const closed = (variables: Record<string, string>) =>
  connectionProblems(variables, EGRESS).map(({ property, message }) => `${property} ${/port \d+/.exec(message)?.[0]}`);

describe("a variable that leads to a port", () => {
  it("names the key and the port, and shows nothing else of its value", () =>
    expect(report(connectionProblems({ CACHE_URL: "redis://:hunter2@cache.internal/0" }, EGRESS))).to.equal(
      "environment.CACHE_URL leads to port 6379, which egress must open: add { port: 6379, cidrBlocks: [<where it is>] }",
    ));

  const CLOSED: [string, Record<string, string>, string[]][] = [
    ["in a URL", { A: "mysql://u:p@db.internal:3307/shop" }, ["environment.A port 3307"]],
    ["of a URL's scheme", { A: "amqp://queue.internal/a" }, ["environment.A port 5672"]],
    ["in a URL of http", { A: "http://web.internal:80/a" }, ["environment.A port 80"]],
    [
      "beside an address of IPv6",
      { A: "http://[fd00::1]:8080/a", B: "redis://[fd00::1]" },
      ["environment.A port 8080", "environment.B port 6379"],
    ],
    ["in a JDBC URL", { A: "jdbc:mariadb://db.internal/shop" }, ["environment.A port 3306"]],
    ["beside a host", { A: "a.kafka.internal:9092,b.kafka.internal:9092" }, ["environment.A port 9092"]],
    ["beside a variable of the host", { DB_HOST: "db.internal", DB_PORT: "3306" }, ["environment.DB_PORT port 3306"]],
  ];
  for (const [what, variables, found] of CLOSED)
    it(`is refused where it is closed: ${what}`, () => expect(closed(variables)).to.deep.equal(found));

  const OPEN: [string, Record<string, string>][] = [
    ["a port that is open", { A: "postgres://db.internal/shop", DB_HOST: "db.internal", DB_PORT: "5432" }],
    ["AWS's services", { A: "https://sqs.ap-northeast-1.amazonaws.com/1/jobs", B: "db.internal:443" }],
    [
      "the task itself",
      {
        A: "http://localhost:9000",
        B: "redis://127.0.0.1",
        C: "http://[::1]:4318",
        D: "redis://u:p@[::1]/0",
        C_HOST: "localhost",
        C_PORT: "1",
        D_HOST: "::1",
        D_PORT: "2",
      },
    ],
    ["a name in the form of a URL", { A: "http://json-schema.org/draft-07/schema" }],
    [
      "what is no address",
      { A: "s3://bucket/key", B: "12:30", C: "a:b", D_PORT: "9000", E: "constructor://a.internal" },
    ],
  ];
  for (const [what, variables] of OPEN)
    it(`is taken where it leads to ${what}`, () => expect(closed(variables)).to.deep.equal([]));
});
