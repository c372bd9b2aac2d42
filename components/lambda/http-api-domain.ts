import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as pulumi from "@pulumi/pulumi";
import { apiPlace } from "../core/arn-places";
import { CERTIFICATE, expectArnIn } from "../core/arn-rules";
import { DOMAIN_FORM, isDomain } from "../core/domain";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** Arguments of an {@link HttpApiDomain}. */
export interface HttpApiDomainArgs {
  /** Stage of the HTTP API that answers. */
  readonly stage: Pick<apigatewayv2.Stage, "apiId" | "name">;
  /** Domain that it answers on, in lower case, such as `api.example.com`. */
  readonly domainName: string;
  /** ACM certificate of the domain, in the API's region. */
  readonly certificateArn: string;
  /** Region of the API. */
  readonly region: string;
}

/**
 * A domain for a stage of an HTTP API. The DNS record that points to it is for the domain's owner to make.
 *
 * @example
 * const domain = new HttpApiDomain("shop", { stage, domainName: "api.example.com", certificateArn, region: "ap-northeast-1" });
 * export const target = domain.target;
 */
export class HttpApiDomain extends pulumi.ComponentResource {
  /** What a DNS record for the domain must point to. Known once the domain leads to the stage. */
  readonly target: pulumi.Output<string>;

  constructor(name: string, args: HttpApiDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:HttpApiDomain", name, {}, opts);
    check(this, name, args);
    const { stage, domainName, certificateArn } = args;
    const domainNameConfiguration = { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" };
    const domain = new apigatewayv2.DomainName(
      `${name}-name`,
      { domainName, domainNameConfiguration },
      { parent: this },
    );
    const mapped = { apiId: stage.apiId, domainName: domain.domainName, stage: stage.name };
    const mapping = new apigatewayv2.ApiMapping(`${name}-mapping`, mapped, { parent: this });
    this.target = knownAfter(domain.domainNameConfiguration.targetDomainName, [mapping]);
    this.registerOutputs(fieldsOf(this));
  }
}

function check(component: HttpApiDomain, name: string, { domainName, certificateArn, region }: HttpApiDomainArgs) {
  const problems = new Problems();
  problems.expect(isDomain(domainName), "domainName", DOMAIN_FORM, domainName);
  expectArnIn(problems, "certificateArn", certificateArn, CERTIFICATE, apiPlace(region));
  problems.throwFor(component, "HttpApiDomain", name);
}
