# The roles of a pipeline: one plans and cannot change anything, one applies approved plans, and one reads the account.

locals {
  issuer   = { github = "token.actions.githubusercontent.com", gitlab = "gitlab.com" }[var.host]
  audience = "sts.amazonaws.com"

  # Subjects in the tokens of jobs that may assume a role. * matches any text.
  # https://docs.github.com/en/actions/reference/security/oidc
  # https://docs.gitlab.com/ci/secrets/id_token_authentication/
  subjects = {
    github = {
      plan  = ["repo:${var.repository}:pull_request", "repo:${var.repository}:ref:refs/heads/${var.branch}"]
      apply = ["repo:${var.repository}:environment:wallarm-routing"]
      # Scheduled jobs, and jobs of the branch itself.
      snapshot = ["repo:${var.repository}:ref:refs/heads/${var.branch}"]
    }
    gitlab = {
      plan     = ["project_path:${var.repository}:ref_type:branch:ref:*"]
      apply    = ["project_path:${var.repository}:ref_type:branch:ref:${var.branch}"]
      snapshot = ["project_path:${var.repository}:ref_type:branch:ref:${var.branch}"]
    }
  }[var.host]

  # A plan only reads.
  actions = {
    plan  = [for action in var.actions : action if can(regex(":(Describe|Get|List)", action))]
    apply = var.actions
  }

  state = "arn:aws:s3:::${var.state.bucket}/${var.state.key}"
  state_access = {
    plan = [{ actions = ["s3:GetObject"], resources = [local.state] }]
    apply = [
      { actions = ["s3:GetObject", "s3:PutObject"], resources = [local.state] },
      { actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources = ["${local.state}.tflock"] },
    ]
  }
}

resource "aws_iam_openid_connect_provider" "this" {
  count = var.openid_connect_provider_arn == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = [local.audience]
}

data "aws_iam_policy_document" "trust" {
  for_each = local.subjects

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [coalesce(var.openid_connect_provider_arn, one(aws_iam_openid_connect_provider.this[*].arn))]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = [local.audience]
    }

    condition {
      test     = "StringLike"
      variable = "${local.issuer}:sub"
      values   = each.value
    }
  }
}

data "aws_iam_policy_document" "permissions" {
  for_each = local.actions

  # Most of the actions do not support resource-level permissions.
  statement {
    actions   = each.value
    resources = ["*"]
  }

  statement {
    actions   = ["s3:ListBucket"]
    resources = ["arn:aws:s3:::${var.state.bucket}"]
  }

  dynamic "statement" {
    for_each = local.state_access[each.key]
    iterator = access

    content {
      actions   = access.value.actions
      resources = access.value.resources
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.subjects

  name               = "wallarm-routing-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust[each.key].json
}

resource "aws_iam_role_policy" "this" {
  for_each = local.actions

  name   = "terraform"
  role   = aws_iam_role.this[each.key].name
  policy = data.aws_iam_policy_document.permissions[each.key].json
}

# What "terraform-aws-wallarm-routing snapshot --policy" prints: only operations that read.
resource "aws_iam_role_policy" "snapshot" {
  name   = "snapshot"
  role   = aws_iam_role.this["snapshot"].name
  policy = file("${path.module}/snapshot-policy.json")
}
