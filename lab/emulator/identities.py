"""Who calls: the deployer by the keys that the lab gives it, everything else by a role. No key is the account's root.

The emulator takes `test`, an account's number and the key of its own environment for the root, whose calls it allows unread.
"""

import contextvars
import os

from ministack import app
from ministack.core import iam_evaluator
from ministack.core.responses import request_scope
from ministack.services import iam

ADMINISTRATOR = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}

_pin_request_origin = iam_evaluator.pin_request_origin


def _pin_by_tls(source_ip, _secure_transport):
    # There is no TLS here; policies that refuse plain HTTP take every call for one by TLS.
    _pin_request_origin(source_ip, True)


def install(user_name, access_key_id, secret_access_key):
    """Makes the deployer's user, an administrator, and takes effect for every call from now on."""
    iam_evaluator.is_root_access_key = lambda key: not key  # an unsigned call, which is refused where AWS refuses it
    iam_evaluator._request_origin = contextvars.ContextVar("origin of a request", default=("127.0.0.1", True))
    app.pin_request_origin = _pin_by_tls
    with request_scope(os.environ["MINISTACK_ACCOUNT_ID"], os.environ["MINISTACK_REGION"]):
        iam._create_user({"UserName": [user_name]})
        iam._user_inline_policies[user_name] = {"administrator": ADMINISTRATOR}
        iam._access_keys[access_key_id] = {
            "UserName": user_name,
            "AccessKeyId": access_key_id,
            "SecretAccessKey": secret_access_key,
            "Status": "Active",
            "CreateDate": iam._now(),
        }
