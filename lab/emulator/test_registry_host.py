import asyncio
import types
import unittest

import registry_host
from registry_host import ProxiedRegistry, local_name

HOST = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com"


def ask(target, kind="http"):
    """What the application behind the middleware is asked, and what the caller is answered."""
    asked, sent = [], []

    async def app(scope, receive, send):
        asked.append(scope)

    async def send(message):
        sent.append(message)

    headers = [(b"host", HOST.encode())]
    scope = {"type": kind, "path": target.replace("%2F", "/"), "raw_path": target.encode(), "headers": headers}
    asyncio.run(ProxiedRegistry(app)(scope, None, send))
    return asked, sent


class ProxiedRegistryTest(unittest.TestCase):
    def test_a_request_for_ecr_is_asked_by_its_path(self):
        for target, path, raw_path in (
            (f"http://{HOST}/v2/team/app/manifests/one", "/v2/team/app/manifests/one", b"/v2/team/app/manifests/one"),
            (f"http://{HOST}/v2/team%2Fapp/tags/list", "/v2/team/app/tags/list", b"/v2/team%2Fapp/tags/list"),
            (f"http://{HOST}", "/", b"/"),
        ):
            [scope], sent = ask(target)
            self.assertEqual((scope["path"], scope["raw_path"], sent), (path, raw_path, []))
            self.assertEqual(scope["headers"], [(b"host", HOST.encode())])

    def test_other_requests_pass_as_they_are(self):
        for target, kind in (("/v2/", "http"), ("/http://x/", "http"), (f"http://{HOST}/", "websocket"), ("", "lifespan")):
            [scope], sent = ask(target, kind)
            self.assertEqual((scope["raw_path"], sent), (target.encode(), []))

    def test_other_hosts_are_refused(self):
        for host in ("example.com", f"{HOST}.example.com", f"a{HOST}", "12.dkr.ecr.eu-west-1.amazonaws.com"):
            asked, sent = ask(f"http://{host}/file")
            self.assertEqual((asked, sent[0]["status"]), ([], 502))
            self.assertIn(f"reaches {host} by https only".encode(), sent[1]["body"])


class ImageNamesTest(unittest.TestCase):
    def test_only_names_at_ecr_are_replaced(self):
        for image, expected in (
            (f"{HOST}/team/app@sha256:a", "localhost:4566/team/app@sha256:a"),
            (f"{HOST}/team/app", "localhost:4566/team/app"),
            ("public.ecr.aws/lambda/python:3.12", "public.ecr.aws/lambda/python:3.12"),
            (f"mirror.test/{HOST}/app", f"mirror.test/{HOST}/app"),
            (f"{HOST}.example.com/app", f"{HOST}.example.com/app"),
            (None, None),
        ):
            self.assertEqual(local_name(image, 4566), expected)

    def test_every_call_with_an_image_is_led_however_it_is_given(self):
        calls = []

        class Api:
            def create_container(self, image, command=None):
                calls.append((image, command))

            def pull(self, repository, tag=None, stream=False, auth_config=None):
                calls.append((repository, tag, stream, auth_config))

            def tag(self, image, repository, tag=None):
                calls.append((image, repository, tag))

            def inspect_image(self, image):
                calls.append(image)

            inspect_distribution = remove_image = inspect_image

        docker = types.SimpleNamespace(from_env=lambda timeout: types.SimpleNamespace(api=Api(), timeout=timeout))
        registry_host.lead_docker(docker, 4566, "secret")
        client = docker.from_env(timeout=5)
        client.api.create_container(image=f"{HOST}/app", command=["a"])
        client.api.pull(f"{HOST}/app", tag="one", stream=True)
        client.api.pull("public.ecr.aws/app")
        client.api.tag("sha256:id", f"{HOST}/app", tag="one")
        client.api.inspect_distribution(f"{HOST}/app")
        local = "localhost:4566/app"
        login = {"username": "AWS", "password": "secret"}
        pulls = [(local, "one", True, login), ("public.ecr.aws/app", None, False, None)]
        self.assertEqual(calls, [(local, ["a"]), *pulls, ("sha256:id", local, "one"), local])
        self.assertEqual(client.timeout, 5)


if __name__ == "__main__":
    unittest.main()
