"""Whose repository an image is in, and what pulling it takes."""

import re

PULLING = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")

_ECR_IMAGE = re.compile(r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com/(?P<name>[^:@]+)")


def repository_of(image):
    """ARN of the ECR repository that an image is in; None for an image from elsewhere."""
    found = _ECR_IMAGE.match(image)
    return found and "arn:aws:ecr:{region}:{account}:repository/{name}".format(**found.groupdict())
