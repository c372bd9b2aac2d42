#!/bin/sh
# The contract of AWS's /lambda-entrypoint.sh: exactly one argument, the handler, is what CMD and imageConfig.command set.
if [ $# -ne 1 ]; then
  echo "entrypoint requires the handler name to be the first argument" 1>&2
  exit 142
fi
export _HANDLER="$1"

# On AWS the Lambda service is there to answer the runtime; anywhere else the emulator of its interface has to be.
if [ -z "$AWS_LAMBDA_RUNTIME_API" ]; then
  exec /usr/local/bin/aws-lambda-rie /var/runtime/bootstrap
fi
exec /var/runtime/bootstrap
