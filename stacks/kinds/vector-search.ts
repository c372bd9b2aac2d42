import { readVectorsStatements, VectorStore } from "../../components/storage/vector-store";
import { VECTORSTORE_DIR, vectorSearchRules, type VectorSearchValues } from "../config/vector-search";
import type { Environment } from "../environment";
import { serviceOf, type DeployedService, type Service, type ServiceOptions } from "../service";
import { createFargate, createLogBucket } from "./fargate";

/** A retrieval service on Fargate behind a load balancer, and the bucket that its vector files are in. */
export function vectorSearch(options: ServiceOptions = {}): Service {
  const { title, context, description = "A retrieval service on Fargate behind a load balancer." } = options;
  return serviceOf({
    ...vectorSearchRules({ context, description }),
    create: (name, values, environment) => createVectorSearch(name, values, environment, title),
  });
}

function createVectorSearch(
  name: string,
  values: VectorSearchValues,
  environment: Environment,
  title: string | undefined,
): DeployedService {
  const { vectorstorePrefix } = values;
  const { bucketName: logBucketName } = createLogBucket(name, environment);
  const { production: protect } = environment.config;
  const vectors = new VectorStore(`${name}-vector-store`, { logBucketName, protect });
  const { outputs, ...deployed } = createFargate(name, values, environment, {
    title,
    accessLogsBucket: logBucketName,
    environment: {
      VECTORSTORE_BUCKET: vectors.bucketName,
      VECTORSTORE_PREFIX: vectorstorePrefix,
      VECTORSTORE_DIR,
    },
    policyStatements: readVectorsStatements(vectors, vectorstorePrefix),
    writablePaths: [VECTORSTORE_DIR],
  });
  return {
    ...deployed,
    outputs: {
      ...outputs,
      /** Bucket that vector files are put into. */
      vectorStoreBucket: vectors.bucketName,
    },
  };
}
