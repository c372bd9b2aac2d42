import { expect } from "chai";
import { labEnvironment } from "../../lab/environment";
import type { LabRecord } from "../../lab/lab-record";
import { cacheRoot, projectRoot } from "../../lab/paths";

const lab: LabRecord = { dockerHost: "unix:///run/docker.sock", gateway: "172.17.0.1", pulumi: "compiled" };

describe("lab environment", () => {
  it("leads to the emulator and never to an account", () => {
    const base = { AWS_PROFILE: "prod", AWS_SESSION_TOKEN: "t", AWS_ACCESS_KEY_ID: "AKIA", AWS_REGION: "eu-west-1" };
    const environment = labEnvironment(base, lab);
    expect(environment).not.to.have.any.keys("AWS_PROFILE", "AWS_SESSION_TOKEN");
    expect(environment).to.include({
      AWS_ACCESS_KEY_ID: "LABDEPLOYER000000000",
      AWS_SECRET_ACCESS_KEY: "the-lab-gives-this-key-to-anybody",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: "http://localhost:4566",
      AWS_REGION: "ap-northeast-1",
    });
  });

  it("keeps Pulumi's state, plugins and passphrase in the lab", () => {
    const base = {
      PULUMI_ACCESS_TOKEN: "pul-1",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/f",
      PULUMI_BACKEND_URL: "https://api",
    };
    const environment = labEnvironment(base, lab);
    expect(environment).not.to.have.any.keys("PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE_FILE");
    expect(environment).to.include({
      PULUMI_BACKEND_URL: `file://${projectRoot}/.lab/state`,
      PULUMI_CONFIG_PASSPHRASE: "lab",
      PULUMI_HOME: `${projectRoot}/.lab/pulumi`,
    });
  });

  it("finds the lab's programs first, then the project's, then the machine's", () => {
    const environment = labEnvironment({ PATH: "/usr/bin" }, lab);
    expect(environment["PATH"]).to.equal(`${projectRoot}/.lab/bin:${projectRoot}/node_modules/.bin:/usr/bin`);
  });

  it("builds with the lab's builder on the lab's engine", () => {
    const environment = labEnvironment({ DOCKER_HOST: "ssh://elsewhere", DOCKER_CONTEXT: "elsewhere" }, lab);
    expect(environment).not.to.have.property("DOCKER_CONTEXT");
    expect(environment).to.include({ DOCKER_HOST: lab.dockerHost, BUILDX_BUILDER: "lab" });
  });

  it("names the Terraform provider only where the compiled plugin needs it", () => {
    expect(labEnvironment({}, lab)).not.to.have.property("PULUMI_AWS_TF_PROVIDER");
    expect(labEnvironment({}, { ...lab, terraformProvider: "/tf" })).to.include({ PULUMI_AWS_TF_PROVIDER: "/tf" });
  });

  it("exempts the lab's addresses from a proxy, where one is set", () => {
    expect(labEnvironment({ NO_PROXY: "intra" }, lab)["NO_PROXY"]).to.equal("intra");
    const proxied = labEnvironment({ HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "intra" }, lab);
    expect(proxied["NO_PROXY"]).to.equal("intra,localhost,127.0.0.1,.localhost");
    expect(proxied["no_proxy"]).to.equal(proxied["NO_PROXY"]);
  });

  it("keeps what it doesn't know, such as NO_COLOR", () => {
    expect(labEnvironment({ NO_COLOR: "1" }, lab)).to.include({ NO_COLOR: "1" });
  });
});

describe("lab cache folder", () => {
  it("is below XDG_CACHE_HOME, else below the home folder", () => {
    expect(cacheRoot({ XDG_CACHE_HOME: "/caches", HOME: "/home/me" })).to.equal("/caches/graviton-containers");
    expect(cacheRoot({ HOME: "/home/me" })).to.equal("/home/me/.cache/graviton-containers");
  });
});
