# The HTTP API of stacks/cqrs.ts with the same AWS resources, to compare `terraform plan` with `pulumi preview`.
# Builds, publications and releases of images have no counterpart here: `image` is one that the program has made.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  # As the program's provider in the lab.
  skip_metadata_api_check = true
  s3_use_path_style       = true
  default_tags { tags = { project = "graviton-containers", environment = "bench" } }
}

variable "image" { type = string }

locals {
  services = toset(["command", "query"])
  images   = toset(["command", "command-cache", "query", "query-cache"])
  alarms   = toset(["command-errors", "command-throttles", "query-errors", "query-throttles", "server-errors", "latency", "losses"])
  trust    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

data "aws_caller_identity" "current" {}

resource "aws_ecr_repository" "image" {
  for_each     = local.images
  name         = "bench/${each.key}"
  force_delete = true
}

resource "aws_ecr_lifecycle_policy" "image" {
  for_each   = local.images
  repository = aws_ecr_repository.image[each.key].name
  policy     = jsonencode({ rules = [{ rulePriority = 1, selection = { tagStatus = "untagged", countType = "imageCountMoreThan", countNumber = 10 }, action = { type = "expire" } }] })
}

resource "aws_ecr_repository_policy" "image" {
  for_each   = local.services
  repository = aws_ecr_repository.image[each.key].name
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "lambda", Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }] })
}

resource "aws_dynamodb_table" "events" {
  name         = "bench-events"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "stream"
  range_key    = "version"
  attribute {
    name = "stream"
    type = "S"
  }
  attribute {
    name = "version"
    type = "N"
  }
}

resource "aws_iam_role" "function" {
  for_each           = local.services
  name               = "bench-${each.key}"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "function" {
  for_each = local.services
  role     = aws_iam_role.function[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["dynamodb:PutItem", "dynamodb:Query"], Resource = aws_dynamodb_table.events.arn },
    { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.function[each.key].arn}:*" },
  ] })
}

resource "aws_cloudwatch_log_group" "function" {
  for_each          = local.services
  name              = "/bench/${each.key}"
  retention_in_days = 30
}

resource "aws_lambda_function" "function" {
  for_each      = local.services
  function_name = "bench-${each.key}"
  role          = aws_iam_role.function[each.key].arn
  package_type  = "Image"
  image_uri     = var.image
  architectures = ["arm64"]
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function[each.key].name
  }
  depends_on = [aws_iam_role_policy.function]
}

resource "aws_apigatewayv2_api" "api" {
  name          = "bench"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "route" {
  for_each               = local.services
  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.function[each.key].invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "route" {
  for_each  = local.services
  api_id    = aws_apigatewayv2_api.api.id
  route_key = "ANY /${each.key}/{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.route[each.key].id}"
}

resource "aws_lambda_permission" "route" {
  for_each      = local.services
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.function[each.key].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.api.execution_arn}/*/*/${each.key}/{proxy+}"
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/bench/access"
  retention_in_days = 30
}

resource "aws_apigatewayv2_stage" "stage" {
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = jsonencode({ status = "$context.status" })
  }
}

resource "aws_cloudwatch_log_metric_filter" "losses" {
  name           = "bench-losses"
  log_group_name = aws_cloudwatch_log_group.function["command"].name
  pattern        = "{ $.level = \"error\" }"
  metric_transformation {
    name      = "losses"
    namespace = "bench"
    value     = "1"
  }
}

resource "aws_kms_key" "alarms" { deletion_window_in_days = 7 }

resource "aws_sns_topic" "alarms" {
  name              = "bench-alarms"
  kms_master_key_id = aws_kms_key.alarms.arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.alarms.arn, Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } } }] })
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each            = local.alarms
  alarm_name          = "bench-${each.key}"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  dimensions          = { FunctionName = aws_lambda_function.function["command"].function_name }
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_dashboard" "dashboard" {
  dashboard_name = "bench"
  dashboard_body = jsonencode({ widgets = [{ type = "text", x = 0, y = 0, width = 6, height = 2, properties = { markdown = "bench" } }] })
}
