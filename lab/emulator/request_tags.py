"""Tags that a call of AWS's APIs gives or takes, in each of the forms that its services have for them."""


def request_tags(members):
    """aws:RequestTag/<key> for each tag that a call gives, and aws:TagKeys."""
    tags = dict(_pairs(members.get("Tags") or members.get("tags")))
    for specification in members.get("TagSpecifications") or []:
        tags.update(_pairs(specification.get("Tags")))
    keys = {f"aws:RequestTag/{key}": value for key, value in tags.items()}
    names = [*tags, *listed(members.get("TagKeys") or members.get("tagKeys"))]
    return {**keys, "aws:TagKeys": names} if names else keys


def _pairs(tags):
    if isinstance(tags, dict):
        return list(tags.items())
    fields = (("Key", "Value"), ("key", "value"), ("TagKey", "TagValue"))
    return [(tag[key], tag[value]) for tag in tags or [] for key, value in fields if key in tag and value in tag]


def listed(value):
    return [value] if isinstance(value, str) else list(value or [])
