import base64
import unittest

from registry_rules import LayerAddresses, actions_of, password_of


class ActionsTest(unittest.TestCase):
    def test_what_a_push_asks_for(self):
        push = [
            ("blob", "HEAD", b"", ["ecr:BatchCheckLayerAvailability"]),
            ("blob_uploads", "POST", b"", ["ecr:InitiateLayerUpload"]),
            ("blob_upload_session", "PATCH", b"part", ["ecr:UploadLayerPart"]),
            ("blob_upload_session", "PUT", b"", ["ecr:CompleteLayerUpload"]),
            ("blob_upload_session", "PUT", b"part", ["ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]),
            ("manifest", "PUT", b"{}", ["ecr:PutImage"]),
        ]
        for verb, method, body, expected in push:
            self.assertEqual(actions_of(verb, method, body), expected, (verb, method))

    def test_what_a_pull_asks_for(self):
        self.assertEqual(actions_of("manifest", "HEAD"), ["ecr:BatchGetImage"])
        self.assertEqual(actions_of("manifest", "GET"), ["ecr:BatchGetImage"])
        self.assertEqual(actions_of("blob", "GET"), ["ecr:GetDownloadUrlForLayer"])

    def test_a_greeting_asks_for_nothing(self):
        self.assertEqual(actions_of("ping", "GET"), [])


class PasswordTest(unittest.TestCase):
    def test_is_what_docker_sends(self):
        self.assertEqual(password_of("Basic " + base64.b64encode(b"AWS:a:b").decode()), "a:b")

    def test_is_of_the_user_aws_only(self):
        for other in ("", "Basic", "Basic !", "Bearer token", "Basic " + base64.b64encode(b"me:secret").decode()):
            self.assertIsNone(password_of(other), other)


class LayerAddressesTest(unittest.TestCase):
    def test_holds_for_what_was_signed_and_nothing_else(self):
        addresses = LayerAddresses(b"secret")
        signature = addresses.sign("app", "sha256:1")
        self.assertTrue(addresses.holds("app", "sha256:1", signature))
        self.assertFalse(addresses.holds("app", "sha256:2", signature))
        self.assertFalse(addresses.holds("other", "sha256:1", signature))
        self.assertFalse(LayerAddresses(b"another").holds("app", "sha256:1", signature))


if __name__ == "__main__":
    unittest.main()
