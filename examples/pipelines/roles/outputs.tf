output "plan_role_arn" {
  description = "AWS_PLAN_ROLE_ARN of the pipeline."
  value       = aws_iam_role.this["plan"].arn
}

output "apply_role_arn" {
  description = "AWS_APPLY_ROLE_ARN of the pipeline."
  value       = aws_iam_role.this["apply"].arn
}
