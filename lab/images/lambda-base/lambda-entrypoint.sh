#!/bin/sh
# The contract of AWS's /lambda-entrypoint.sh: exactly one argument, the handler, is what CMD and imageConfig.command set.
if [ $# -ne 1 ]; then
  echo "entrypoint requires the handler name to be the first argument" 1>&2
  exit 142
fi
export _HANDLER="$1"

# On AWS the Lambda service starts the extensions; here nobody else would.
for extension in /opt/extensions/*; do
  if [ -x "$extension" ]; then
    "$extension" &
  fi
done
exec /var/runtime/bootstrap
