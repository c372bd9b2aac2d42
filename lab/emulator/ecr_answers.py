"""Answers of ECR that the emulator gives otherwise than AWS does.

A layer's address leads to where this emulator is reached; every tag is listed; a tag is taken off its image, which stays as
long as it has another; the same image under the same tag is told from another one; another account's registry is looked at;
what is in a repository is gone with it; layers and manifests that come by ECR's own calls are kept
for who pulls.
"""

import base64
import hashlib
import json

from ministack.core.responses import error_response_json, json_response, set_request_account_id
from ministack.services import ecr

from registry_access import addresses

_handle_request = ecr.handle_request
_list_images = ecr._list_images
_batch_delete_image = ecr._batch_delete_image
_put_image = ecr._put_image
_delete_repository = ecr._delete_repository
_upload_layer_part = ecr._upload_layer_part

_uploads = {}  # content so far, by upload


async def _handle(method, path, headers, body, query_params):
    data = json.loads(body) if body else {}
    if data.get("registryId"):
        set_request_account_id(data["registryId"])
    if headers.get("x-amz-target", "").endswith(".GetDownloadUrlForLayer"):
        return _download_url(data, headers["host"])
    return await _handle_request(method, path, headers, body, query_params)


def _download_url(data, host):
    name, digest = data["repositoryName"], data["layerDigest"]
    if digest not in ecr._layer_blobs.get(name, {}):
        return error_response_json("LayersNotFoundException", f"'{name}' has no layer {digest}", 400)
    registry = ecr._repo_uri(name).partition("/")[0]
    url = f"http://{host}/v2/{name}/blobs/{digest}?ns={registry}&signature={addresses.sign(name, digest)}"
    return json_response({"downloadUrl": url, "layerDigest": digest})


def _list_all_tags(data):
    name, wanted = data.get("repositoryName", ""), data.get("filter", {}).get("tagStatus", "ANY")
    if name not in ecr._repositories:
        return _list_images(data)  # it refuses
    listed = []
    for image in ecr._images.get(name, []):
        digest, tags = image["imageDigest"], image.get("imageTags", [])
        if wanted != "UNTAGGED":
            listed += [{"imageDigest": digest, "imageTag": tag} for tag in tags]
        if wanted != "TAGGED" and not tags:
            listed.append({"imageDigest": digest})
    return json_response({"imageIds": listed})


def _untag_first(data):
    name, removed, left = data.get("repositoryName", ""), [], []
    for image_id in data.get("imageIds", []):
        image, tag = ecr._find_image(name, image_id), image_id.get("imageTag")
        if image is None or "imageDigest" in image_id or image["imageTags"] == [tag]:
            left.append(image_id)
            continue
        image["imageTags"].remove(tag)
        image["imageId"]["imageTag"] = image["imageTags"][-1]
        removed.append({"imageDigest": image["imageDigest"], "imageTag": tag})
    status, headers, body = _batch_delete_image({**data, "imageIds": left})
    answer = json.loads(body)
    if status == 200:
        answer["imageIds"] += removed
    return status, headers, json.dumps(answer).encode()


def _put_once(data):
    name, tag, digest = data.get("repositoryName", ""), data.get("imageTag"), data.get("imageDigest")
    image = ecr._find_image(name, {"imageTag": tag}) if tag else None
    if image is not None and image["imageDigest"] == (digest or ecr._image_digest(data["imageManifest"])):
        return error_response_json("ImageAlreadyExistsException", f"Image '{tag}' is in '{name}' already", 400)
    response = _put_image(data)
    if response[0] == 200:
        put = data["imageManifest"].encode()
        ecr._manifest_blobs.setdefault(name, {})[ecr._image_digest(put)] = put
    return response


def _upload_part(data):
    so_far = _uploads.setdefault(data["uploadId"], bytearray())
    so_far += base64.b64decode(data["layerPartBlob"])
    return _upload_layer_part(data)


def _keep_layer(data):
    name, upload_id = data["repositoryName"], data["uploadId"]
    content = bytes(_uploads.pop(upload_id, b""))
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if not content:
        return error_response_json("EmptyUploadException", f"The upload '{upload_id}' has no parts", 400)
    if data["layerDigests"] != [digest]:
        return error_response_json("InvalidLayerException", f"The layer's digest is {digest}", 400)
    ecr._layer_blobs.setdefault(name, {})[digest] = content
    return json_response({"repositoryName": name, "uploadId": upload_id, "layerDigest": digest})


def _delete_whole(data):
    response = _delete_repository(data)
    if response[0] == 200:
        # A repository of the same name would seem to have what this one had, and a push would leave it out.
        for kept in (ecr._layer_blobs, ecr._manifest_blobs):
            kept.pop(data["repositoryName"], None)
    return response


def install():
    """Takes effect for every call from now on."""
    ecr._delete_repository = _delete_whole
    ecr.handle_request = _handle
    ecr._list_images = _list_all_tags
    ecr._batch_delete_image = _untag_first
    ecr._put_image = _put_once
    ecr._upload_layer_part = _upload_part
    ecr._complete_layer_upload = _keep_layer
