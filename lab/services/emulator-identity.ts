/** What the emulator answers with and where. */
export const emulator = {
  accountId: "123456789012",
  region: "ap-northeast-1",
  port: 4566,
  /** Name that its containers carry. */
  instance: "graviton-containers-lab",
} as const;

/** Label of every container that the emulator starts. */
export const instanceLabel = `ministack.instance=${emulator.instance}:${emulator.port}`;

/** Where AWS is for everything in the lab. */
export const endpointUrl = `http://localhost:${emulator.port}`;
