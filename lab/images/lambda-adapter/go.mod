module graviton-containers/lab/lambda-adapter

go 1.26

require github.com/awslabs/aws-lambda-go-api-proxy v0.16.2

require github.com/aws/aws-lambda-go v1.55.1
