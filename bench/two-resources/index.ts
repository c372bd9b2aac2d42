import { LogGroup } from "@pulumi/aws/cloudwatch";
import { local } from "@pulumi/command";

new LogGroup("logs", { retentionInDays: 30 });
new local.Command("hello", { create: "echo hello" });
