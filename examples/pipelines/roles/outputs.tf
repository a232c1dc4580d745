output "plan_role_arn" {
  description = "ARN of the plan role, for the variable AWS_PLAN_ROLE_ARN of the pipeline."
  value       = aws_iam_role.this["plan"].arn
}

output "apply_role_arn" {
  description = "ARN of the apply role, for the variable AWS_APPLY_ROLE_ARN of the pipeline."
  value       = aws_iam_role.this["apply"].arn
}

output "snapshot_role_arn" {
  description = "ARN of the role that reads the account, for jobs that run the command snapshot."
  value       = aws_iam_role.this["snapshot"].arn
}
