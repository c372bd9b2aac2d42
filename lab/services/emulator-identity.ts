import { labPort } from "../paths";

/** What the emulator answers with and where. */
export const emulator = {
  accountId: "123456789012",
  region: "ap-northeast-1",
  port: labPort,
  /** Name that its containers carry. */
  instance: "graviton-containers-lab",
} as const;

/** The user who deploys in the lab, an administrator. Its keys are of no use anywhere else. */
export const deployer = {
  name: "deployer",
  accessKeyId: "LABDEPLOYER000000000",
  secretAccessKey: "the-lab-gives-this-key-to-anybody",
} as const;

/** Regions that the project's systems have images in. */
const imageRegions = [emulator.region, "us-east-1"] as const;

/** ECR's host names that lead to the emulator in the lab. */
export const registryHosts: readonly string[] = imageRegions.map(
  (region) => `${emulator.accountId}.dkr.ecr.${region}.amazonaws.com`,
);

/** Label of every container that the emulator starts. */
export const instanceLabel = `ministack.instance=${emulator.instance}:${emulator.port}`;

/** Where AWS is for everything in the lab. */
export const endpointUrl = `http://localhost:${emulator.port}`;
