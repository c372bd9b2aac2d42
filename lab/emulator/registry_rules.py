"""What a request of a registry's protocol asks of ECR, and addresses of layers that need no token.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
"""

import base64
import binascii
import hashlib
import hmac

_ACTIONS = {
    ("blob", "HEAD"): "ecr:BatchCheckLayerAvailability",
    ("blob", "GET"): "ecr:GetDownloadUrlForLayer",
    ("blob_uploads", "POST"): "ecr:InitiateLayerUpload",
    ("blob_upload_session", "PUT"): "ecr:CompleteLayerUpload",
    ("manifest", "PUT"): "ecr:PutImage",
    ("manifest", "GET"): "ecr:BatchGetImage",
    ("manifest", "HEAD"): "ecr:BatchGetImage",
    ("manifest", "DELETE"): "ecr:BatchDeleteImage",
    ("tags_list", "GET"): "ecr:ListImages",
}


def actions_of(verb, method, body=b""):
    """What the caller must be allowed; the last part of a layer may come with the request that completes it."""
    if verb == "blob_upload_session" and (method != "PUT" or body):
        return ["ecr:UploadLayerPart", *(["ecr:CompleteLayerUpload"] if method == "PUT" else [])]
    action = _ACTIONS.get((verb, method))
    return [] if action is None else [action]


def password_of(authorization):
    """The password of a request that is authorized as Docker does it; None where there is none."""
    kind, _, given = authorization.partition(" ")
    try:
        user, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return password if kind.lower() == "basic" and user == "AWS" else None


class LayerAddresses:
    """Signs the addresses of layers: who may ask for one may fetch the layer with nothing else, as from S3."""

    def __init__(self, secret):
        self._secret = secret

    def sign(self, repository, digest):
        return hmac.new(self._secret, f"{repository} {digest}".encode(), hashlib.sha256).hexdigest()

    def holds(self, repository, digest, signature):
        return hmac.compare_digest(self.sign(repository, digest), signature)
