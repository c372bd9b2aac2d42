import json
import unittest
from urllib.parse import urlencode

from aws_model import api_model

JSON = {"host": "localhost", "content-type": "application/x-amz-json-1.1"}
FORM = {"host": "localhost", "content-type": "application/x-www-form-urlencoded; charset=utf-8"}
REST = {"host": "localhost", "content-type": "application/json"}


def problems(service, method, path, headers, body):
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return api_model.violations(*api_model.read(service, method, f"http://localhost{path}", headers, text))


def json_call(service, target, members):
    return problems(service, "POST", "/", {**JSON, "x-amz-target": target}, members)


def query_call(service, version, action, **members):
    body = urlencode({"Action": action, "Version": version, **members}).encode()
    return problems(service, "POST", "/", FORM, body)


class ApiModel(unittest.TestCase):
    def test_finds_nothing_wrong_with_calls_of_every_protocol(self):
        group = {"logGroupName": "/ecs/vendor-api", "tags": {"project": "graviton"}}
        function = {"MemorySize": 128, "Timeout": 10}
        lifecycle = b"<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status></Rule></LifecycleConfiguration>"
        self.assertEqual([], json_call("logs", "Logs_20140328.CreateLogGroup", group))
        self.assertEqual([], query_call("iam", "2010-05-08", "GetRole", RoleName="command-role"))
        self.assertEqual([], query_call("ec2", "2016-11-15", "DescribeVpcs", **{"VpcId.1": "vpc-0a1b"}))
        path = "/2015-03-31/functions/command/configuration"
        self.assertEqual([], problems("lambda", "PUT", path, REST, function))
        self.assertEqual([], problems("s3", "PUT", "/a-bucket?lifecycle", {"host": "localhost"}, lifecycle))

    def test_finds_members_that_are_missing(self):
        self.assertEqual(
            ["Value at 'logGroupName' failed to satisfy constraint: Member must not be null"],
            json_call("logs", "Logs_20140328.CreateLogGroup", {}),
        )
        self.assertIn("'roleName'", query_call("iam", "2010-05-08", "GetRole")[0])

    def test_finds_members_that_are_missing_further_down(self):
        members = {"repositoryName": "a-name", "tags": [{"Value": "v"}]}
        target = "AmazonEC2ContainerRegistry_V20150921.CreateRepository"
        self.assertIn("'tags.1.member.key'", json_call("ecr", target, members)[0])

    def test_finds_words_that_are_no_choice(self):
        role = "arn:aws:iam::123456789012:role/r"
        function = {"FunctionName": "f", "Code": {}, "Role": role, "PackageType": "Picture"}
        found = problems("lambda", "POST", "/2015-03-31/functions", REST, function)
        self.assertEqual(
            [
                "Value 'Picture' at 'packageType' failed to satisfy constraint: Member must satisfy enum value set: [Zip, Image]"
            ],
            found,
        )

    def test_finds_numbers_out_of_range(self):
        path = "/2015-03-31/functions/command/configuration"
        self.assertIn("less than or equal to", problems("lambda", "PUT", path, REST, {"MemorySize": 99_999})[0])
        self.assertIn("greater than or equal to 1", problems("lambda", "PUT", path, REST, {"Timeout": 0})[0])

    def test_finds_texts_of_the_wrong_length_or_form(self):
        self.assertIn(
            "length less than or equal to 64", query_call("iam", "2010-05-08", "GetRole", RoleName="r" * 65)[0]
        )
        self.assertIn(
            "regular expression", json_call("logs", "Logs_20140328.CreateLogGroup", {"logGroupName": "a b"})[0]
        )
        self.assertIn(
            "regular expression", json_call("logs", "Logs_20140328.CreateLogGroup", {"logGroupName": "ab\n"})[0]
        )

    def test_knows_java_patterns_of_unicode(self):
        for tags, found in (({"größe": "über"}, 0), ({"a": "b;"}, 1)):
            members = {"logGroupName": "g", "tags": tags}
            self.assertEqual(found, len(json_call("logs", "Logs_20140328.CreateLogGroup", members)))

    def test_reads_no_operation_that_the_service_lacks(self):
        with self.assertRaises(api_model.UnknownOperation):
            json_call("logs", "Logs_20140328.PaintLogGroup", {})
        with self.assertRaises(api_model.UnknownOperation):
            query_call("iam", "2010-05-08", "PaintRole")

    def test_reads_no_member_of_another_type(self):
        with self.assertRaises(api_model.Unreadable):
            json_call("logs", "Logs_20140328.PutRetentionPolicy", {"logGroupName": "g", "retentionInDays": "soon"})


if __name__ == "__main__":
    unittest.main()
