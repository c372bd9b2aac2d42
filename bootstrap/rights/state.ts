import { PARTITION } from "../../components/core/partition";
import type { Environment } from "../environment";
import { allow, of, type Conditions, type Statement } from "../policy";

/** Where Pulumi's state is kept, if not in Pulumi Cloud. */
export interface StateStore {
  readonly bucket: string;
  readonly region: string;
  /** Alias of the key that encrypts the bucket and the stacks' secrets: `alias/<name>`. */
  readonly keyAlias: string;
}

/**
 * The state of one stack, in the layout of Pulumi's own backend: `.pulumi/stacks/<project>/<stack>.json`. A preview takes no lock and
 * writes nothing.
 */
export function readStateStatements(environment: Environment, store: StateStore): readonly Statement[] {
  const { project, stack } = environment;
  const bucket = bucketArn(store);
  return [
    allow("ListState", ["s3:ListBucket"], [bucket]),
    allow(
      "ReadState",
      ["s3:GetObject"],
      [
        `${bucket}/.pulumi/meta.yaml`,
        `${bucket}/.pulumi/stacks/${project}/${stack}.*`,
        `${bucket}/.pulumi/locks/organization/${project}/${stack}/*`,
      ],
    ),
    allow("ReadSecrets", ["kms:Decrypt"], ...keyOf(environment, store)),
  ];
}

/** As {@link readStateStatements}, and changes it. */
export function writeStateStatements(environment: Environment, store: StateStore): readonly Statement[] {
  const { project, stack } = environment;
  const folder = `${bucketArn(store)}/.pulumi`;
  return [
    ...readStateStatements(environment, store),
    allow("WriteState", of("s3", "DeleteObject GetObject PutObject"), [
      `${folder}/stacks/${project}/${stack}.*`,
      `${folder}/locks/organization/${project}/${stack}/*`,
      `${folder}/history/${project}/${stack}/*`,
      `${folder}/backups/${project}/${stack}/*`,
    ]),
    allow("WriteSecrets", of("kms", "Encrypt GenerateDataKey"), ...keyOf(environment, store)),
  ];
}

function bucketArn({ bucket }: StateStore): string {
  return `arn:${PARTITION}:s3:::${bucket}`;
}

/** The key by its alias, so that the statement is known before the key exists. */
function keyOf({ account }: Environment, { region, keyAlias }: StateStore): [readonly string[], Conditions] {
  const keys = `arn:${PARTITION}:kms:${region}:${account}:key/*`;
  return [[keys], { "ForAnyValue:StringEquals": { "kms:ResourceAliases": keyAlias } }];
}
