import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { deploy, type Deployment, type DeployOptions } from "./deploy";

/** What the builder of the tests says of itself: there need be no Docker where they run. */
const BUILDER = "Name: arm64\nNodes:\nName: arm640\nStatus: running\nPlatforms: linux/arm64\n";

/** A Docker that answers with it. */
const ANSWERS = `printf '${BUILDER}'`;

/** Runs a program with an emulator and a Docker that answer. */
export function run(program: () => any, options: DeployOptions, docker: string = ANSWERS): Promise<Deployment<any>> {
  return deploy(() => emulated(() => withDocker(docker, program)), options);
}

/** Does something as where an emulator answers in AWS's place: the configuration is that of the example stacks. */
export function emulated<T>(use: () => T): T {
  const { AWS_ENDPOINT_URL: before } = process.env;
  process.env["AWS_ENDPOINT_URL"] = "http://localhost:4566";
  try {
    return use();
  } finally {
    // The lab's tests, which run in this process too, have the emulator's own.
    if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
    else process.env["AWS_ENDPOINT_URL"] = before;
  }
}

/** Puts a `docker` before any other on the PATH, which does what a line of shell says. */
function withDocker<T>(script: string, use: () => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-docker-"));
  const { PATH } = process.env;
  fs.writeFileSync(path.join(folder, "docker"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env["PATH"] = `${folder}${path.delimiter}${PATH}`;
  try {
    return use();
  } finally {
    process.env["PATH"] = PATH;
    fs.rmSync(folder, { recursive: true });
  }
}
