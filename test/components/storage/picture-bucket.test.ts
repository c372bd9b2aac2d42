import { expect } from "chai";
import { policyDocument } from "../../../components/core/policy-document";
import {
  analysePicturesStatements,
  PictureBucket,
  servePicturesStatements,
  type PictureBucketArgs,
} from "../../../components/storage/picture-bucket";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const S3 = "aws:s3";
const LIFECYCLE = `${S3}/bucketLifecycleConfiguration:BucketLifecycleConfiguration`;
const CORS = `${S3}/bucketCorsConfiguration:BucketCorsConfiguration`;
const OWN = "graviton-containers:index";
const LOGS = { logBucketName: "logs" };
const run = (args: PictureBucketArgs = LOGS, preview = false) =>
  deploy(() => new PictureBucket("vision", args), { preview });
const ARN = "arn:aws:s3:::vision-pictures-bucket-1a2b3c4";

describe("PictureBucket", () => {
  it("keeps the laws, with and without a log bucket and browsers", async () => {
    expectLaws(await run(), await run(LOGS, true));
    const other = { cors: { origins: ["https://a"] } };
    expectLaws(await run(other), await run(other, true));
  });

  it("is a private bucket", async () => {
    expect((await run()).names()).to.deep.equal([
      [`${S3}/bucket:Bucket`, "vision-pictures-bucket"],
      [LIFECYCLE, "vision-pictures-lifecycle"],
      [`${S3}/bucketLogging:BucketLogging`, "vision-pictures-logging"],
      [`${S3}/bucketOwnershipControls:BucketOwnershipControls`, "vision-pictures-ownership"],
      [`${S3}/bucketPolicy:BucketPolicy`, "vision-pictures-policy"],
      [`${S3}/bucketPublicAccessBlock:BucketPublicAccessBlock`, "vision-pictures-access-block"],
      [
        `${S3}/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration`,
        "vision-pictures-encryption",
      ],
      [`${S3}/bucketVersioning:BucketVersioning`, "vision-pictures-versioning"],
      [`${OWN}:PictureBucket`, "vision"],
      [`${OWN}:PrivateBucket`, "vision-pictures"],
    ]);
  });

  it("logs requests in a bucket of its own where it is given none", async () => {
    const { get, names } = await run({ logRetentionDays: 30 });
    expect(names()).to.deep.include([`${OWN}:LogBucket`, "vision-logs"]);
    const { inputs } = get(`${S3}/bucketLogging:BucketLogging`, "vision-pictures-logging");
    expect(inputs["targetBucket"]).to.equal("vision-logs-private-bucket-1a2b3c4");
    const rules = get(LIFECYCLE, "vision-logs-private-lifecycle").inputs["rules"];
    expect(rules.at(-1)).to.deep.include({ id: "expiry", expiration: { days: 30 } });
  });

  it("lets pictures and results expire, and is protected, unless told otherwise", async () => {
    const kept = async (args: PictureBucketArgs) => {
      const { get } = await run({ ...LOGS, ...args });
      const rules = get(LIFECYCLE, "vision-pictures-lifecycle").inputs["rules"];
      return [rules.at(-1).expiration, get(`${S3}/bucket:Bucket`, "vision-pictures-bucket").protect];
    };
    expect(await kept({})).to.deep.equal([{ days: 90 }, true]);
    expect(await kept({ expireDays: 7, protect: false })).to.deep.equal([{ days: 7 }, false]);
  });

  it("takes uploads of browsers from named origins only", async () => {
    expect((await run()).names().map(([type]) => type)).to.not.include(CORS);
    const { get } = await run({ ...LOGS, cors: { origins: ["https://a"] } });
    expect(get(CORS, "vision-cors").inputs).to.deep.equal({
      bucket: "vision-pictures-bucket-1a2b3c4",
      corsRules: [
        {
          allowedOrigins: ["https://a"],
          allowedMethods: ["PUT"],
          allowedHeaders: ["content-type"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: 300,
        },
      ],
    });
  });

  it("lets each half do its own", async () => {
    const { result } = await run();
    const allowed = async (statements: ReturnType<typeof servePicturesStatements>) =>
      JSON.parse(await valueOf(policyDocument(statements))).Statement;
    expect(await allowed(servePicturesStatements(result))).to.deep.equal([
      { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: [`${ARN}/images/*`] },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${ARN}/results/*`] },
    ]);
    expect(await allowed(analysePicturesStatements(result))).to.deep.equal([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${ARN}/images/*`] },
      { Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${ARN}/results/*`] },
    ]);
  });

  it("names every problem at once", async () => {
    const bad = (async () => run({ expireDays: 0, logRetentionDays: 0 }))();
    expect(await rejection(bad)).to.equal(
      'PictureBucket "vision": 2 problems\n' +
        "  - expireDays must be a whole number from 1 to 36500; got 0\n" +
        "  - logRetentionDays must be a whole number from 1 to 36500; got 0",
    );
  });
});
