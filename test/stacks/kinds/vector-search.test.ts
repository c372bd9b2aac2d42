import { expect } from "chai";
import { valueOf, type Deployment } from "../../support/deploy";
import { deployStack } from "../../support/stacks";

const TASK = ["aws:ecs/taskDefinition:TaskDefinition", "vendor-task-definition"] as const;
const SERVICE = ["aws:ecs/service:Service", "vendor-service-service"] as const;
const container = ({ get }: Deployment<any>) => JSON.parse(get(...TASK).inputs["containerDefinitions"])[0];

describe("the vendor API's stack", function () {
  this.timeout("60s");
  let dev: Deployment<any>;

  before(async () => {
    const config = {
      "vendor.cors.origins": ["https://a.example.com", "https://b.example.com"],
      "vendor.containerPort": 8081,
      "vendor.vectorstorePrefix": "vectors/v2",
    };
    dev = await deployStack("dev", { services: ["vendor"], config });
  });

  it("tells its container where it listens, who may call it and where its vector files are", () => {
    const { environment } = container(dev);
    const variables = environment.map(({ name, value }: { name: string; value: string }) => [name, value]);
    expect(Object.fromEntries(variables)).to.deep.equal({
      AWS_REGION: "ap-northeast-1",
      PORT: "8081",
      LOG_LEVEL: "DEBUG",
      CORS_ORIGINS: "https://a.example.com,https://b.example.com",
      VECTORSTORE_BUCKET: "vendor-vector-store-files-bucket-1a2b3c4",
      VECTORSTORE_PREFIX: "vectors/v2",
      VECTORSTORE_DIR: "/app/vectorstore",
    });
  });

  it("runs its image as a user without rights, which may write its vector files only", () => {
    const { image, user, mountPoints } = container(dev);
    expect(image).to.match(/\/graviton-containers-dev\/vendor@sha256:/);
    expect(user).to.equal("10001:10001");
    const paths = mountPoints.map(({ containerPath }: { containerPath: string }) => containerPath);
    expect(paths).to.deep.equal(["/tmp", "/app/vectorstore"]);
  });

  it("may read the vector files of its prefix", () => {
    const { policy } = dev.get("aws:iam/rolePolicy:RolePolicy", "vendor-task-task-role-policy").inputs;
    expect(JSON.parse(policy).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: ["arn:aws:s3:::vendor-vector-store-files-bucket-1a2b3c4"],
        Condition: { StringLike: { "s3:prefix": "vectors/v2/*" } },
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::vendor-vector-store-files-bucket-1a2b3c4/vectors/v2/*"],
      },
    ]);
  });

  it("logs calls of its load balancer and its bucket into one bucket", () => {
    const logs = "vendor-access-logs-private-bucket-1a2b3c4";
    const { accessLogs } = dev.get("aws:lb/loadBalancer:LoadBalancer", "vendor-balancer-alb").inputs;
    expect(accessLogs).to.deep.include({ bucket: logs, enabled: true });
    const { targetBucket } = dev.get("aws:s3/bucketLogging:BucketLogging", "vendor-vector-store-files-logging").inputs;
    expect(targetBucket).to.equal(logs);
  });

  it("has tasks in private subnets, and with public addresses only in the default network, which has none", async () => {
    const local = await deployStack("local", { services: ["vendor"] });
    const networks = [dev, local].map(({ get }) => get(...SERVICE).inputs["networkConfiguration"]);
    expect(networks.map(({ assignPublicIp }) => assignPublicIp)).to.deep.equal([false, true]);
    expect(networks.map(({ subnets }) => subnets)).to.deep.equal([
      ["subnet-1a", "subnet-1c"],
      ["subnet-0a", "subnet-0c"],
    ]);
  });

  it("says where to call it, and what people need who run it", async () => {
    const outputs = Object.entries(dev.result).filter(([name]) => name.startsWith("vendor"));
    const values = await Promise.all(
      outputs.map(async ([name, output]: [string, any]) => [name, await valueOf(output)]),
    );
    expect(Object.fromEntries(values)).to.deep.equal({
      vendorUrl: "http://vendor-balancer-alb.ap-northeast-1.elb.amazonaws.com",
      vendorDomainTarget: "vendor-balancer-alb.ap-northeast-1.elb.amazonaws.com",
      vendorVectorStoreBucket: "vendor-vector-store-files-bucket-1a2b3c4",
      vendorClusterName: "vendor-cluster-cluster-1a2b3c4",
      vendorServiceName: "vendor-service-service-1a2b3c4",
      vendorSecurityGroupId: "vendor-service-security-group-id",
    });
  });
});
