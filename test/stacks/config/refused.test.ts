import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { problemsOf } from "../../support/settings";

describe("settings refuse", () => {
  const REFUSED: [string, Changes, string][] = [
    ["a misspelt key", { "cqrs.stagName": "x" }, "cqrs.stagName is not a key of cqrs; did you mean cqrs.stageName?"],
    ["a wrong type", { production: "yes" }, 'production must be true or false; got "yes"'],
    [
      "a number that is none",
      { "images.kept": "many" },
      'images.kept must be a whole number from 10 to 10000; got "many"',
    ],
    ["too few images", { "images.kept": 9 }, "images.kept must be a whole number from 10 to 10000; got 9"],
    [
      "too much memory",
      { "cqrs.memoryMiB": 20000 },
      "cqrs.memoryMiB must be a whole number from 128 to 10240; got 20000",
    ],
    [
      "a timeout beyond the gateway's",
      { "cqrs.timeoutSeconds": 31 },
      "cqrs.timeoutSeconds must be a whole number from 1 to 30; got 31",
    ],
    [
      "an unknown log level",
      { "logs.level": "LOUD" },
      'logs.level must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL; got "LOUD"',
    ],
    [
      "an unknown authorization",
      { "cqrs.authorization": "OPEN" },
      'cqrs.authorization must be one of AWS_IAM, JWT, NONE; got "OPEN"',
    ],
    [
      "a public API in production",
      { "cqrs.authorization": "NONE" },
      'cqrs.authorization must be AWS_IAM or JWT where production is true; got "NONE"',
    ],
    [
      "a list that is none",
      { "cqrs.cors.origins": "https://a" },
      "cqrs.cors.origins must be a list of origins: https://host, http://host or *; got \"https://a\" (set one item: pulumi config set --path 'cqrs.cors.origins[0]' ...)",
    ],
    [
      "an origin with a path",
      { "cqrs.cors.origins": ["https://a/b"] },
      'cqrs.cors.origins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme\'s own port, or *; got ["https://a/b"]',
    ],
    [
      "an origin that no browser sends and that calls the API",
      { "cqrs.cors.origins": ["https://App.example.com"] },
      "cqrs.cors.origins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *; " +
        'got ["https://App.example.com"]',
    ],
    [
      "an origin that no browser sends and that calls the vendor API",
      { "vendor.cors.origins": ["https://App.example.com"] },
      "vendor.cors.origins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *; " +
        'got ["https://App.example.com"]',
    ],
    [
      "an origin that no browser sends and that calls the URL",
      { "vision.cors.origins": ["https://App.example.com"] },
      "vision.cors.origins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *; " +
        'got ["https://App.example.com"]',
    ],
    [
      "any origin in production",
      { "cqrs.cors.origins": ["*"] },
      'cqrs.cors.origins must be named origins where production is true; got ["*"]',
    ],
    [
      "any origin with credentials",
      { production: false, "cqrs.cors.origins": ["*"], "cqrs.cors.credentials": true },
      'cqrs.cors.origins must be named origins where cqrs.cors.credentials is true: browsers refuse * then; got ["*"]',
    ],
    [
      "JWT without audiences",
      { "cqrs.authorization": "JWT", "cqrs.jwt.issuer": "https://issuer" },
      "cqrs.jwt.audiences must be given where cqrs.authorization is JWT; got []",
    ],
    [
      "a stage name with a slash",
      { "cqrs.stageName": "a/b" },
      'cqrs.stageName must be $default, or 1-128 letters, digits, - and _; got "a/b"',
    ],
    [
      "a domain without a certificate",
      { "cqrs.domainName": "api.example.com" },
      "cqrs.certificateArn must be given with cqrs.domainName; got nothing",
    ],
    [
      "something else than a key",
      { "images.repositoryKmsKeyArn": "my-key", "agent.region": "ap-northeast-1" },
      'images.repositoryKmsKeyArn must be the ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>); got "my-key"',
    ],
    [
      "a missing context",
      { "cqrs.command.image.context": "apps/none", "cqrs.command.image.dockerfile": "apps/command/Dockerfile" },
      'cqrs.command.image.context must be an existing folder; got "apps/none"',
    ],
    [
      "a missing Dockerfile",
      { "cqrs.query.image.dockerfile": "apps/none" },
      'cqrs.query.image.dockerfile must be an existing file; got "apps/none"',
    ],
    [
      "what is no Dockerfile",
      { "cqrs.query.image.dockerfile": "package.json" },
      "cqrs.query.image.dockerfile must be what BuildKit can build; got line 1, which has an unknown instruction, {",
    ],
    [
      "something else than a signing profile",
      {
        "images.signingProfileArn": "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000",
      },
      'images.signingProfileArn must be the ARN of a signing profile of AWS Signer (arn:aws:signer:<region>:<account>:/signing-profiles/<name>); got "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000"',
    ],
    [
      "an unknown route",
      { "images.route": "docker" },
      'images.route must be one of buildkit, codebuild, prebuilt; got "docker"',
    ],
    [
      "an image that is no reference",
      { "cqrs.command.image.prebuilt": "team/command" },
      'cqrs.command.image.prebuilt must be <repository>:<tag> or <repository>@sha256:<digest>, the repository by name or by its ECR URL (<account>.dkr.ecr.<region>.amazonaws.com/<name>); an image of another registry has to be copied to ECR first; got "team/command"',
    ],
    [
      "a machine that CodeBuild has not",
      { "images.builder.size": "TINY" },
      'images.builder.size must be one of SMALL, MEDIUM, LARGE, XLARGE, 2XLARGE; got "TINY"',
    ],
    [
      "a build of a minute",
      { "images.builder.timeoutMinutes": 1 },
      "images.builder.timeoutMinutes must be a whole number from 5 to 2160; got 1",
    ],
    [
      "a build argument without a value",
      { "cqrs.query.image.buildArgs": ["NODE"] },
      "cqrs.query.image.buildArgs must be NAME: value pairs; got a value that is hidden because it may contain a secret",
    ],
  ];
  for (const [what, changes, problem] of REFUSED) {
    it(`refuse ${what}`, () => expect(problemsOf(changes)).to.deep.equal([problem]));
  }
});
