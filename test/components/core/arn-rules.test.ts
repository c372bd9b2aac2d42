import { expect } from "chai";
import * as fc from "fast-check";
import {
  arnForm,
  CERTIFICATE,
  expectArn,
  expectArnIn,
  expectOwn,
  isArn,
  KMS_KEY,
  KMS_KEY_OR_ALIAS,
  PARAMETER,
  PRINCIPAL,
  SECRET,
  SECRET_VALUE,
  SIGNING_PROFILE,
  WEB_ACL,
  type ArnKind,
} from "../../../components/core/arn-rules";
import { Problems } from "../../../components/core/problems";

const HERE = "ap-northeast-1:123456789012";
const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const MRK = "mrk-1234abcd12ab34cd56ef1234567890ab";
const secret = `arn:aws:secretsmanager:${HERE}:secret:team/db-AbCdE1`;
const webAcl = `arn:aws:wafv2:${HERE}:regional/webacl`;

/** One that is of each kind, in what only its resource differs from others, and what is none by its resource alone. */
const KINDS: Record<string, { kind: ArnKind; good: string[]; bad: string[] }> = {
  secret: {
    kind: SECRET,
    good: [secret, `arn:aws:secretsmanager:${HERE}:secret:a+b=c.d@e_f-AbCdE1`, `${secret}-a1B2c3`],
    bad: [
      secret.slice(0, -7),
      secret.slice(0, -1),
      `${secret}:password::`,
      `${secret}:`,
      secret.replace("team/db", "*"),
      secret.replace("db-AbCdE1", "db-AbCd_1"),
      secret.replace(":secret:", ":secret/"),
    ],
  },
  "a secret's value": {
    kind: SECRET_VALUE,
    good: [secret, `${secret}:password::`, `${secret}:::`, `${secret}::AWSPREVIOUS:`, `${secret}:password::${ID}`],
    bad: [
      `${secret}:password`,
      `${secret}:password:`,
      `${secret}:a:b:c:d`,
      `${secret}:k:AWSCURRENT:${ID}`,
      `${secret}:::1`,
    ],
  },
  parameter: {
    kind: PARAMETER,
    good: [`arn:aws:ssm:${HERE}:parameter/key`, `arn:aws:ssm:${HERE}:parameter/team/prod/key.1_a-b`],
    bad: [
      "parameter",
      "parameter/",
      "parameter//team",
      "parameter/team/",
      "parameter/team/*",
      "parameter:key",
      "document/a",
    ].map((resource) => `arn:aws:ssm:${HERE}:${resource}`),
  },
  "KMS key": {
    kind: KMS_KEY,
    good: [`arn:aws:kms:${HERE}:key/${ID}`, `arn:aws:kms:${HERE}:key/${MRK}`],
    bad: ["alias/team", "key/*", "key/", "key", `key/${ID}/a`, `key:${ID}`].map(
      (resource) => `arn:aws:kms:${HERE}:${resource}`,
    ),
  },
  "KMS key or alias": {
    kind: KMS_KEY_OR_ALIAS,
    good: [`arn:aws:kms:${HERE}:key/${ID}`, `arn:aws:kms:${HERE}:alias/team/alarms`],
    bad: ["alias/aws/sns", "alias/", "alias/*"].map((resource) => `arn:aws:kms:${HERE}:${resource}`),
  },
  certificate: {
    kind: CERTIFICATE,
    good: [`arn:aws:acm:${HERE}:certificate/${ID}`],
    bad: ["certificate/", "certificate/*", `certificate/${ID}/a`, `Certificate/${ID}`, `key/${ID}`].map(
      (resource) => `arn:aws:acm:${HERE}:${resource}`,
    ),
  },
  "signing profile": {
    kind: SIGNING_PROFILE,
    good: [`arn:aws:signer:${HERE}:/signing-profiles/team_images1`],
    bad: [
      "signing-profiles/a1",
      "/signing-profiles/",
      "/signing-profiles/a",
      "/signing-profiles/a-b",
      "/signing-profiles/ab/v1",
    ].map((resource) => `arn:aws:signer:${HERE}:${resource}`),
  },
  "web ACL": {
    kind: WEB_ACL,
    good: [`${webAcl}/team-1/${ID}`],
    bad: [
      webAcl,
      `${webAcl}/team`,
      `${webAcl}/team/*`,
      `${webAcl.replace("regional", "global")}/team/${ID}`,
      `${webAcl.replace("webacl", "rulegroup")}/team/${ID}`,
      `${webAcl.replace("wafv2", "waf-regional")}/team/${ID}`,
    ],
  },
};

describe("the ARN of a", () => {
  for (const [name, { kind, good, bad }] of Object.entries(KINDS)) {
    good.forEach((arn) => it(`${name} may be ${arn}`, () => expect(isArn(kind, arn)).to.equal(true)));
    const [one = ""] = good;
    const strange = {
      "no ARN": one.replace("arn:", ""),
      "another service": one.replace(`:${kind.service}:`, ":dynamodb:"),
      "no region": one.replace("ap-northeast-1", ""),
      "no such region": one.replace("ap-northeast-1", "ap-northeast-9"),
      "any region": one.replace("ap-northeast-1", "*"),
      "another partition": one.replace("arn:aws:", "arn:aws-us-gov:"),
      "another partition's region": one.replace("ap-northeast-1", "cn-north-1"),
      "no account": one.replace("123456789012", ""),
      "a short account": one.replace("123456789012", "12345678901"),
      "any account": one.replace("123456789012", "*"),
      "a space before": ` ${one}`,
      "a line break behind": `${one}\n`,
      "garbage behind": `${one} #`,
      "upper case": one.toUpperCase(),
    };
    for (const [what, arn] of Object.entries(strange)) {
      it(`${name} is not one with ${what}`, () => expect(isArn(kind, arn), arn).to.equal(false));
    }
    bad.forEach((arn) => it(`${name} is not ${arn}`, () => expect(isArn(kind, arn)).to.equal(false)));
  }

  const PRINCIPALS: [string, boolean][] = [
    ["arn:aws:iam::123456789012:root", true],
    ["arn:aws:iam::123456789012:role/team/deploy@prod", true],
    ["arn:aws:iam::123456789012:user/a.b", true],
    ["arn:aws:iam::123456789012:role/", false],
    ["arn:aws:iam::123456789012:role/*", false],
    ["arn:aws:iam::123456789012:role/a//b", false],
    ["arn:aws:iam::123456789012:group/a", false],
    ["arn:aws:iam::aws:policy/a", false],
    ["arn:aws:iam:us-east-1:123456789012:role/a", false],
    ["arn:aws-cn:iam::123456789012:role/a", false],
    ["arn:aws:iam::*:role/a", false],
    ["arn:aws:sts::123456789012:assumed-role/a/b", false],
  ];
  for (const [arn, proper] of PRINCIPALS) {
    it(`principal ${proper ? "may" : "may not"} be ${arn}`, () => expect(isArn(PRINCIPAL, arn)).to.equal(proper));
  }

  it("thing is of one kind only", () => {
    const kinds = Object.entries(KINDS).filter(([name]) => !/alias|value/.test(name));
    const pair = fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...kinds));
    fc.assert(
      fc.property(pair, ([[name, { kind }], [other, { good }]]) =>
        good.every((arn) => isArn(kind, arn) === (name === other)),
      ),
    );
  });

  it("thing has no character more", () =>
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(KINDS)), fc.constantFrom(..." \n*?:\"'"), ({ kind, good }, more) =>
        good.every((arn) => !isArn(kind, `${arn}${more}`) && !isArn(kind, `${more}${arn}`)),
      ),
    ));

  it("thing is written in messages as it is", () => {
    expect(arnForm(CERTIFICATE)).to.equal("arn:aws:acm:<region>:<account>:certificate/<id>");
    expect(arnForm(PRINCIPAL)).to.equal("arn:aws:iam::<account>:role/<name>");
  });
});

/** The problems that a check notes. */
function noted(check: (problems: Problems) => void): string[] {
  const problems = new Problems();
  check(problems);
  return problems.all().map(({ property, message }) => `${property} ${message}`);
}

describe("an ARN that is given", () => {
  const FORM =
    "the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
  const place = { region: "ap-northeast-1", why: "where it is used" };

  it("is not shown where it may be the secret itself", () => {
    expect(noted((problems) => expectArn(problems, "secret", "hunter2", SECRET))).to.deep.equal([
      `secret must be ${FORM}; got "a value that is not an ARN (hidden)"`,
    ]);
    expect(noted((problems) => expectArn(problems, "secret", "arn:aws:s3:::b", SECRET))).to.deep.equal([
      `secret must be ${FORM}; got "arn:aws:s3:::b"`,
    ]);
    expect(noted((problems) => expectArn(problems, "secret", undefined, SECRET))).to.deep.equal([]);
  });

  it("is in the region that is expected, for the reason that is named", () => {
    const elsewhere = secret.replace("ap-northeast-1", "us-east-1");
    const within = (arn: string, region = place.region) =>
      noted((problems) => expectArnIn(problems, "secret", arn, SECRET, { ...place, region }));
    expect(within(secret)).to.deep.equal([]);
    expect(within(elsewhere)).to.deep.equal([`secret must be in ap-northeast-1, where it is used; got "${elsewhere}"`]);
    // The region itself could not be read, which is a problem of its own.
    expect(within(elsewhere, "")).to.deep.equal([]);
    expect(within(`${elsewhere}:`)).to.have.lengthOf(1);
  });

  it("is of an account that may be deployed to, where another's is of no use", () => {
    const of = (accounts: string[]) => noted((problems) => expectOwn(problems, "secret", secret, SECRET, accounts));
    expect(of(["210987654321", "123456789012"])).to.deep.equal([]);
    expect(of([])).to.deep.equal([]);
    expect(of(["210987654321"])).to.deep.equal([
      `secret must be of an account that aws:allowedAccountIds lists, 210987654321; got "${secret}"`,
    ]);
  });
});
