import { BUCKET } from "../../components/core/component-name";
import { OBJECT_PREFIX } from "../../components/storage/bucket-rules";
import { fargateNames, fargateNeeds, fargateProblems } from "./fargate";
import { fargateShape, type FargateValues } from "./fargate-schema";
import { keysBy, type KeyOptions, type KindRules } from "./kind";
import { matching, object } from "./values";

/** The values of a Fargate service with a vector store. */
export interface VectorSearchValues extends FargateValues {
  readonly vectorstorePrefix: string;
}

/** Environment variables that its tasks are given besides those of every service. */
const VARIABLES = ["VECTORSTORE_BUCKET", "VECTORSTORE_PREFIX", "VECTORSTORE_DIR"];

// As the image has them: apps/vendor-api/Dockerfile.
const USER = "10001:10001";

/** Folder of the container that the vector files are in. */
export const VECTORSTORE_DIR = "/app/vectorstore";

const OWN = { variables: VARIABLES, writablePaths: [VECTORSTORE_DIR] };

const PREFIX = matching(OBJECT_PREFIX, "a folder of the bucket such as vectorstore/prod")
  .default("vectorstore/prod")
  .describe("Folder of the bucket that the service loads its vector files from.");

/** The configuration of Fargate services with a vector store. */
export function vectorSearchRules({ description, context }: KeyOptions): KindRules<VectorSearchValues> {
  return {
    ...keysBy((name) => {
      const shape = { ...fargateShape(context ?? `apps/${name}`, USER), vectorstorePrefix: PREFIX };
      return object(shape).prefault({}).describe(description);
    }),
    names: (name) => {
      const { images, components } = fargateNames(name);
      return { images, components: [...components, [`${name}-vector-store-files`, BUCKET]] };
    },
    problems: (name, values, around) => fargateProblems(name, values, around, OWN),
    networkNeeds: fargateNeeds,
  };
}
