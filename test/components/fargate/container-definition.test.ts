import { expect } from "chai";
import { containerDefinitions, writablePaths } from "../../../components/fargate/container-definition";
import { resolveTask, type TaskArgs } from "../../../components/fargate/task-rules";
import { valueOf } from "../../support/deploy";

const LOG = { group: "/ecs/shop", region: "ap-northeast-1" };

async function containerOf(options: Partial<TaskArgs> = {}) {
  const choices = resolveTask({ serviceName: "shop", ...options });
  const [container, ...others] = JSON.parse(await valueOf(containerDefinitions(choices, "shop@sha256:1", LOG)));
  expect(others).to.deep.equal([]);
  return container;
}

describe("containerDefinitions", () => {
  it("is one container that is not root, and writes to its own volumes only", async () =>
    expect(await containerOf()).to.deep.equal({
      name: "api",
      image: "shop@sha256:1",
      essential: true,
      user: "1000:1000",
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
      mountPoints: [{ sourceVolume: "tmp", containerPath: "/tmp", readOnly: false }],
      environment: [],
      secrets: [],
      stopTimeout: 30,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "/ecs/shop",
          "awslogs-region": "ap-northeast-1",
          "awslogs-stream-prefix": "api",
          mode: "non-blocking",
          "max-buffer-size": "4m",
        },
      },
    }));

  it("has variables and secrets in one order, however they were given", async () => {
    const { environment, secrets } = await containerOf({
      environment: { B: "2", A: "1" },
      secrets: { D: "arn:d", C: "arn:c" },
    });
    expect(environment).to.deep.equal([
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ]);
    expect(secrets.map(({ name }: { name: string }) => name)).to.deep.equal(["C", "D"]);
  });

  it("keeps capabilities for ECS Exec, whose agent is root, and only then", async () => {
    const { linuxParameters } = await containerOf({ enableExecuteCommand: true });
    expect(linuxParameters).to.deep.equal({ initProcessEnabled: true });
  });
});

describe("writablePaths", () => {
  it("is /tmp, what is asked for, and where ECS Exec writes, each on a volume of its own", () => {
    const paths = writablePaths(
      resolveTask({ serviceName: "a", writablePaths: ["/var/cache.d"], enableExecuteCommand: true }),
    );
    expect(paths.map(({ path, volume }) => [path, volume])).to.deep.equal([
      ["/tmp", "tmp"],
      ["/var/cache.d", "var-cache-d"],
      ["/var/lib/amazon", "var-lib-amazon"],
      ["/var/log/amazon", "var-log-amazon"],
    ]);
  });
});
