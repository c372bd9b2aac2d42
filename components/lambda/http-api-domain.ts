import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as pulumi from "@pulumi/pulumi";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";

/** Arguments of an {@link HttpApiDomain}. */
export interface HttpApiDomainArgs {
  /** Stage of the HTTP API that answers. */
  readonly stage: apigatewayv2.Stage;
  /** Domain that it answers on. */
  readonly domainName: string;
  /** Certificate of the domain, in the API's region. */
  readonly certificateArn: string;
}

/** A domain of its own for a stage of an HTTP API. Pointing the domain's record there is its owner's. */
export class HttpApiDomain extends pulumi.ComponentResource {
  /** What a DNS record for the domain must point to. Known once the domain leads to the stage. */
  readonly target: pulumi.Output<string>;

  constructor(name: string, args: HttpApiDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:HttpApiDomain", name, {}, opts);
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
