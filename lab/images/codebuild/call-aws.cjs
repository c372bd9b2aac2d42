// Calls of AWS that are signed with what a build's environment has, as AWS's own tools sign them.
const { AwsClient } = require("/usr/local/lib/aws4fetch.cjs");

const ATTEMPTS = 5;

/** Calls a service, and returns its answer; `what` names the call in the message of one that fails. */
async function callAws({ service, region = process.env.AWS_REGION }, what, path, options) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ENDPOINT_URL } = process.env;
  const client = new AwsClient({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
    service,
    region,
    retries: 0,
  });
  const response = await retried(`${options.method} ${what}`, () =>
    client.fetch(`${AWS_ENDPOINT_URL}${path}`, options),
  );
  if (!response.ok)
    throw new Error(`${options.method} ${what} was answered ${response.status}: ${await response.text()}`);
  return response;
}

// A busy machine drops a connection now and then; AWS's tools try again too.
async function retried(what, call) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === ATTEMPTS) throw new Error(`${what}: ${error.cause?.message ?? error.message}`);
      await new Promise((resolve) => setTimeout(resolve, attempt * 1000));
    }
  }
}

module.exports = { callAws };
